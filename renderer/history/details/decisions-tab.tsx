import { Table } from '@mantine/core';
import type { AuditDto } from '../../../engine/contract/dto/index.ts';
import { useRegimeTitle } from '../../state/index.ts';
import {
  Badge,
  formatCount,
  formatNumber,
  formatTime,
  formatWithError,
  Head,
  SideScroll,
  TermHeads,
  type Tone,
} from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { texts } from './texts.ts';

const DECISIONS: Readonly<Record<AuditDto['decision'], { readonly word: string; readonly tone: Tone }>> = {
  champion: { word: common.champion, tone: 'gain' },
  rejected: { word: texts.rejected, tone: 'neutral' },
  pushed_out: { word: texts.pushedOut, tone: 'warning' },
  stood_aside: { word: texts.stoodAside, tone: 'warning' },
  rescored: { word: texts.scoredAgain, tone: 'neutral' },
};

const FIGURES = ['score', 'scoreToBeat', 'margin', 'trades'] as const;

/** Why the model was kept or deleted: one row per decision of the selection. */
export function DecisionsTab({ audit }: { readonly audit: readonly AuditDto[] }) {
  const regimeTitle = useRegimeTitle();
  if (audit.length === 0) return <p>{texts.noDecisionWasTaken}</p>;
  return (
    <SideScroll label={texts.decisions} minWidth={820}>
      <Table aria-label={texts.decisionsOfSelection}>
        <Table.Thead>
          <Table.Tr>
            <Head>{common.regime}</Head>
            <Head>{texts.decision}</Head>
            <TermHeads terms={FIGURES} />
            <Head>{common.reason}</Head>
            <Head ta="right">{common.when}</Head>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {audit.map((row) => (
            <Table.Tr key={`${row.at} ${row.regime} ${row.decision}`}>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{regimeTitle(row.regime)}</Table.Td>
              <Table.Td>
                <Badge tone={DECISIONS[row.decision].tone}>{DECISIONS[row.decision].word}</Badge>
              </Table.Td>
              <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                {scoreText(row.newScore, row.newScoreError)}
              </Table.Td>
              <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                {scoreText(row.oldScore, row.oldScoreError)}
              </Table.Td>
              <Table.Td ta="right">{formatNumber(row.margin)}</Table.Td>
              <Table.Td ta="right">{formatCount(row.trades)}</Table.Td>
              <Table.Td miw={220}>{row.reason}</Table.Td>
              <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                {formatTime(row.at)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </SideScroll>
  );
}

/** With its standard error where it has one. */
function scoreText(score: number | null, error: number | null): string {
  return error === null ? formatNumber(score) : formatWithError(score, error);
}
