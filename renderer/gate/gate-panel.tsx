import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { GateLineDto, GateReportDto } from '../../engine/contract/dto/index.ts';
import { Badge, formatDay, Panel, type Tone } from '../ui/index.ts';
import classes from './gate.module.css';
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

export interface GatePanelProps {
  readonly report: GateReportDto;
  readonly actions?: ReactNode;
}

/** What the gate asked of a version, line by line. */
export function GatePanel({ report, actions }: GatePanelProps) {
  const { version, at, passed, refusal, lines, skipped } = report;
  const out = skippedText(skipped);
  const left = out === null ? '' : ` ${out}.`;
  return (
    <Panel
      title="The last gate"
      note={`Version ${version}, ${formatDay(at)}: ${passed ? 'passed' : 'refused'}.${left}`}
      actions={actions}
    >
      {refusal === null ? null : <p className={classes.refusal}>{refusal}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section className={classes.list} aria-label="The last gate, table" tabIndex={0}>
        <Table aria-label="The last gate">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>What</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th>In words</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map(({ title, state, text }) => (
              <Table.Tr key={`${title} ${text}`}>
                <Table.Td>{title}</Table.Td>
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
