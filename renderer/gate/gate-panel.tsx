import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { GateLineDto, GateReportDto } from '../../engine/contract/dto/index.ts';
import { gateSubject } from '../../engine/contract/gate-subject.ts';
import { type WayWords, wayTexts } from '../../engine/contract/gate-ways.ts';
import { Badge, formatDay, Head, Panel, SideScroll, type Tone, wholeDates } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './gate.module.css';
import { FIGURE_TITLES } from './gate-fields.tsx';
import { skippedText } from './options.ts';
import { texts } from './texts.ts';

const TONES: Readonly<Record<GateLineDto['state'], Tone>> = {
  met: 'gain',
  missed: 'loss',
  skipped: 'neutral',
};
const WORDS: Readonly<Record<GateLineDto['state'], string>> = texts.gatePanelWords;

/** By which fields and buttons each way on is done; those of a training are in its form. */
const CONTROLS: WayWords = {
  search: texts.trainAgainWithSearch,
  period: texts.historyOfItsForm,
  preset: texts.thresholdsTwoErrors,
  least: (figures) => figures.map(([figure, value]) => `“${FIGURE_TITLES[figure]}” ${value}`).join(', '),
  full: texts.modeOfItsForm,
  noVerdict: texts.verdictAtLeastNone,
  force: texts.forceOfItsForm,
};

export interface GatePanelProps {
  readonly report: GateReportDto;
  readonly title?: string;
  readonly actions?: ReactNode;
}

/** What the gate asked of a version, line by line. */
export function GatePanel({ report, title = texts.lastGate, actions }: GatePanelProps) {
  const { at, passed, refusal, ways = [], lines, skipped } = report;
  const note = (passed ? texts.passedAt : texts.refusedAt)({
    subject: capital(gateSubject(report)),
    day: formatDay(at),
    out: skippedText(skipped),
  });
  return (
    <Panel title={title} note={note} actions={actions}>
      {refusal === null ? null : (
        <div className={classes.refusal}>
          <p>{wholeDates(refusal)}</p>
          {ways.length === 0 ? null : (
            <ul aria-label={texts.whatMayBeDone}>
              {wayTexts(ways, CONTROLS).map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      <SideScroll className={classes.list} label={texts.titleTable({ title })}>
        <Table aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              <Head>{common.what}</Head>
              <Head>{common.state}</Head>
              <Head>{texts.inWords}</Head>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map(({ title: what, state, text }) => (
              <Table.Tr key={`${what} ${text}`}>
                <Table.Td>{what}</Table.Td>
                <Table.Td>
                  <Badge tone={TONES[state]}>{WORDS[state]}</Badge>
                </Table.Td>
                <Table.Td className={classes.words}>{wholeDates(text)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </SideScroll>
    </Panel>
  );
}

/** A file keeps its name. */
const capital = (text: string) => text.replace(/^version/, 'Version');
