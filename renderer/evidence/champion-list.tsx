import { Table } from '@mantine/core';
import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { BEST_EVIDENCE_FIRST } from '../../engine/contract/verdict.ts';
import { useMinTrades, useModelTitle, useRegimeTitle } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import { FamilyWiseP } from '../strategy/index.ts';
import { DASH, Head, Num, Panel, SharpeFigure, SideScroll, TermHeads, VerdictBadge } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './evidence.module.css';
import { texts } from './texts.ts';

interface ChampionListProps {
  readonly title: string;
  readonly champions: readonly ChampionDto[];
  readonly note?: string;
}

/** Where the evidence is the same, the smallest p first. */
function byEvidence(a: ChampionDto, b: ChampionDto): number {
  const rank = ({ verdict }: ChampionDto) => BEST_EVIDENCE_FIRST.indexOf(verdict);
  return rank(a) - rank(b) || (a.p ?? 1) - (b.p ?? 1);
}

/** Champions by what the evidence says; each leads to its page. */
export function ChampionList({ title, champions, note }: ChampionListProps) {
  const modelTitle = useModelTitle();
  const regimeTitle = useRegimeTitle();
  const minTrades = useMinTrades();
  const hasFolds = champions.some(({ outOfSample }) => outOfSample !== null);
  return (
    <Panel title={title} note={note ?? texts.bestEvidenceFirst} flush>
      {champions.length === 0 ? (
        <p className={classes.nothing}>{texts.noChampion}</p>
      ) : (
        <SideScroll className={classes.list} label={texts.titleTable({ title })}>
          <Table aria-label={title} highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Head>{common.champion}</Head>
                <Head>{common.model}</Head>
                <Head>{common.verdict}</Head>
                <TermHeads terms={['sharpe', 'luck', 'familyWiseP', 'trades']} />
                {hasFolds ? <Head ta="right">{common.outOfSample}</Head> : null}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {[...champions].sort(byEvidence).map((champion) => (
                <Table.Tr key={`${champion.champion} ${champion.runId}`}>
                  <Table.Td className={classes.market}>
                    <a href={formatHash('evidence', { champion: champion.champion })}>
                      {regimeTitle(champion.regime)}
                    </a>
                    <small>
                      {champion.symbol} {champion.timeframe}
                    </small>
                  </Table.Td>
                  <Table.Td>{modelTitle(champion.modelType)}</Table.Td>
                  <Table.Td>
                    <VerdictBadge verdict={champion.verdict} reason={champion.verdictReason} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <SharpeFigure
                      term="sharpe"
                      score={champion}
                      luck={champion.luck.sharpe}
                      minTrades={minTrades}
                    />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Num term="luck" value={champion.luck.sharpe} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <FamilyWiseP champion={champion} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Num term="trades" value={champion.trades} />
                  </Table.Td>
                  {hasFolds ? (
                    <Table.Td ta="right">
                      {champion.outOfSample === null ? (
                        DASH
                      ) : (
                        <SharpeFigure term="sharpe" score={champion.outOfSample} minTrades={minTrades} />
                      )}
                    </Table.Td>
                  ) : null}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </SideScroll>
      )}
    </Panel>
  );
}
