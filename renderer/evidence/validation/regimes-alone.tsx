import { Table } from '@mantine/core';
import type { RegimeCurveDto } from '../../../engine/contract/dto/index.ts';
import { useMinTrades } from '../../state/index.ts';
import tables from '../../strategy/validation/tables.module.css';
import { Head, Num, SharpeFigure, SideScroll, TermHeads } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { texts } from './texts.ts';

interface RegimesAloneProps {
  readonly regimes: readonly RegimeCurveDto[];
  readonly folds: number;
  titleOf(regime: string): string;
}

/** What the champions of each regime did alone, fold after fold. */
export function RegimesAlone({ regimes, folds, titleOf }: RegimesAloneProps) {
  const minTrades = useMinTrades();
  return (
    <div className={tables.part}>
      <div>
        <h3>{texts.eachRegimeAlone}</h3>
        <p className={tables.note}>{texts.championsOfOneRegime}</p>
      </div>
      <SideScroll className={tables.table} label={texts.eachRegimeAloneTable}>
        <Table aria-label={texts.eachRegimeAlone}>
          <Table.Thead>
            <Table.Tr>
              <Head>{common.regime}</Head>
              <Head ta="right">{common.foldsWithChampion}</Head>
              <TermHeads terms={['outOfSample', 'trades', 'totalReturn', 'maxDrawdown']} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {regimes.map(({ regime, folds: chosen, stitched }) => (
              <Table.Tr key={regime}>
                <Table.Th scope="row">{titleOf(regime)}</Table.Th>
                <Table.Td ta="right">{texts.chosenOfFolds({ chosen, folds })}</Table.Td>
                <Table.Td ta="right">
                  <SharpeFigure
                    term="outOfSample"
                    score={{ ...stitched, sharpeError: stitched.standardError }}
                    minTrades={minTrades}
                  />
                </Table.Td>
                <Table.Td ta="right">
                  <Num term="trades" value={stitched.trades} />
                </Table.Td>
                <Table.Td ta="right">
                  <Num term="totalReturn" value={stitched.return} />
                </Table.Td>
                <Table.Td ta="right">
                  <Num term="maxDrawdown" value={stitched.maxDrawdown} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </SideScroll>
    </div>
  );
}
