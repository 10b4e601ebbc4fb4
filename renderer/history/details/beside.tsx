import { Table, Title } from '@mantine/core';
import { BESIDE_WORDS } from '../../../engine/contract/beside-words.ts';
import type { BesideDto } from '../../../engine/contract/dto/index.ts';
import { formatFigure, Head, SideScroll, sharpeText } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import classes from '../history.module.css';
import { texts } from './texts.ts';

const HEADS = [common.returnWord, common.sharpe, common.trades, common.inPosition];

/** An agent's policy on the selection window, and what can be had without it. */
export function Beside({ rows }: { readonly rows: readonly BesideDto[] }) {
  return (
    <section aria-label={texts.policyAndWhatItStands}>
      <Title order={3} className={classes.heading}>
        {texts.itsPolicyAndWhatCan}
      </Title>
      <SideScroll label={texts.policy} minWidth={720}>
        <Table aria-label={texts.policyAndWhatItStands}>
          <Table.Thead>
            <Table.Tr>
              <Head>{texts.policy}</Head>
              {HEADS.map((head) => (
                <Head key={head} ta="right">
                  {head}
                </Head>
              ))}
              <Head>{texts.whatItIs}</Head>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.name}>
                <Table.Th scope="row">{BESIDE_WORDS[row.name].title}</Table.Th>
                {cells(row).map((text, i) => (
                  <Table.Td key={HEADS[i]} ta="right" style={{ whiteSpace: 'nowrap' }}>
                    {text}
                  </Table.Td>
                ))}
                <Table.Td>{BESIDE_WORDS[row.name].is}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </SideScroll>
    </section>
  );
}

function cells(row: BesideDto): string[] {
  return [
    formatFigure('totalReturn', row.totalReturn),
    sharpeText(row),
    formatFigure('trades', row.trades),
    formatFigure('exposure', row.exposure),
  ];
}
