import { Modal, Table } from '@mantine/core';
import type { GateReportDto, JournalEntryDto } from '../../engine/contract/dto/index.ts';
import { GatePanel, skippedText } from '../gate/index.ts';
import { useCall } from '../state/index.ts';
import { DASH, ErrorState, formatTime, LoadingRows, Panel } from '../ui/index.ts';
import { DialogButton } from './dialog.tsx';
import { JournalButton } from './journal-button.tsx';
import type { PlaceInput } from './name-page.tsx';
import classes from './registry.module.css';

/** What was done to a name, the newest first. */
export function JournalPanel({ name, input }: { readonly name: string; readonly input: PlaceInput }) {
  const { data, error, refresh } = useCall('production.journal', input);
  return (
    <Panel
      title="Journal"
      note="Never rewritten: what was left out stands here for ever."
      actions={<JournalButton input={input} file={`journal_${name.replaceAll(' ', '_')}.csv`} />}
      flush
    >
      {error !== undefined ? (
        <ErrorState error={error} retry={refresh} />
      ) : data === undefined ? (
        <LoadingRows rows={3} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        <section className={classes.list} aria-label="Journal, table" tabIndex={0}>
          <Table aria-label="Journal">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>When</Table.Th>
                <Table.Th>What</Table.Th>
                <Table.Th>From</Table.Th>
                <Table.Th>To</Table.Th>
                <Table.Th>By</Table.Th>
                <Table.Th>Left out</Table.Th>
                <Table.Th>Reason</Table.Th>
                <Table.Th>Gate</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.entries.toReversed().map((entry) => (
                <Table.Tr key={entry.id}>
                  <Table.Td>{formatTime(entry.at)}</Table.Td>
                  <Table.Td>
                    {entry.action === 'alias moved' ? `alias ${entry.alias}` : entry.action}
                  </Table.Td>
                  <Table.Td>{entry.from ?? DASH}</Table.Td>
                  <Table.Td>{entry.to ?? DASH}</Table.Td>
                  <Table.Td>{entry.by}</Table.Td>
                  <Table.Td className={classes.words}>{skippedText(entry.skipped) ?? DASH}</Table.Td>
                  <Table.Td className={classes.words}>{entry.reason ?? DASH}</Table.Td>
                  <Table.Td>
                    {entry.gate === null ? DASH : <GateButton entry={entry} gate={entry.gate} />}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      )}
    </Panel>
  );
}

/** What the gate said then, line by line. */
function GateButton({ entry, gate }: { readonly entry: JournalEntryDto; readonly gate: GateReportDto }) {
  return (
    <DialogButton
      size="compact-xs"
      aria-label={`What the gate said on ${formatTime(entry.at)}`}
      dialog={({ opened, onClose }) => (
        <Modal
          opened={opened}
          onClose={onClose}
          title={entry.name}
          size="60rem"
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <GatePanel report={gate} title="The gate" />
        </Modal>
      )}
    >
      {gate.passed ? 'Passed' : 'Refused'}
    </DialogButton>
  );
}
