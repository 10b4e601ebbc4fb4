import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { GateLineDto, GateReportDto } from '../../engine/contract/dto/index.ts';
import { gateSubject } from '../../engine/contract/gate-subject.ts';
import { type WayWords, wayTexts } from '../../engine/contract/gate-ways.ts';
import { Badge, formatDay, Head, Panel, type Tone } from '../ui/index.ts';
import classes from './gate.module.css';
import { FIGURE_TITLES } from './gate-fields.tsx';
import { skippedText } from './options.ts';

const TONES: Readonly<Record<GateLineDto['state'], Tone>> = {
  met: 'gain',
  missed: 'loss',
  skipped: 'neutral',
};
const WORDS: Readonly<Record<GateLineDto['state'], string>> = {
  met: 'Met',
  missed: 'Missed',
  skipped: 'Skipped',
};

/** By which fields and buttons each way on is done; those of a training are in its form. */
const CONTROLS: WayWords = {
  search: '“Train again”, with “Search its hyper-parameters first”',
  period: '“History” of its form',
  preset: '“Thresholds”: two_errors',
  least: (figures) => figures.map(([figure, value]) => `“${FIGURE_TITLES[figure]}” ${value}`).join(', '),
  full: '“Mode” of its form: full',
  noVerdict: '“Verdict at least”: none',
  force: '“Force”',
};

export interface GatePanelProps {
  readonly report: GateReportDto;
  readonly title?: string;
  readonly actions?: ReactNode;
}

/** What the gate asked of a version, line by line. */
export function GatePanel({ report, title = 'The last gate', actions }: GatePanelProps) {
  const { at, passed, refusal, ways = [], lines, skipped } = report;
  const out = skippedText(skipped);
  const left = out === null ? '' : ` ${out}.`;
  return (
    <Panel
      title={title}
      note={`${capital(gateSubject(report))}, ${formatDay(at)}: ${passed ? 'passed' : 'refused'}.${left}`}
      actions={actions}
    >
      {refusal === null ? null : (
        <div className={classes.refusal}>
          <p>{refusal}</p>
          {ways.length === 0 ? null : (
            <ul aria-label="What may be done">
              {wayTexts(ways, CONTROLS).map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section className={classes.list} aria-label={`${title}, table`} tabIndex={0}>
        <Table aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              <Head>What</Head>
              <Head>State</Head>
              <Head>In words</Head>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map(({ title: what, state, text }) => (
              <Table.Tr key={`${what} ${text}`}>
                <Table.Td>{what}</Table.Td>
                <Table.Td>
                  <Badge tone={TONES[state]}>{WORDS[state]}</Badge>
                </Table.Td>
                <Table.Td className={classes.words}>{text}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </Panel>
  );
}

/** A file keeps its name. */
const capital = (text: string) => text.replace(/^version/, 'Version');
