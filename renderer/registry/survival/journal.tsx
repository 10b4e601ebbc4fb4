import { Table } from '@mantine/core';
import { useCall } from '../../state/index.ts';
import { DASH, ErrorState, formatTime, LoadingRows, Panel } from '../../ui/index.ts';
import classes from '../registry.module.css';

/** Who spoke since when and why, the newest first. */
export function SurvivalJournal() {
  const { data, error, refresh } = useCall('survival.journal', {});
  return (
    <Panel title="Journal" note="Never rewritten: what was left out stands here for ever." flush>
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
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.toReversed().map((entry) => (
                <Table.Tr key={`${entry.at} ${entry.action} ${entry.to}`}>
                  <Table.Td>{formatTime(entry.at)}</Table.Td>
                  <Table.Td>{entry.action}</Table.Td>
                  <Table.Td>{entry.from ?? DASH}</Table.Td>
                  <Table.Td>{entry.to ?? 'Nobody'}</Table.Td>
                  <Table.Td>{entry.by}</Table.Td>
                  <Table.Td>{entry.skipped.length === 0 ? DASH : entry.skipped.join(', ')}</Table.Td>
                  <Table.Td className={classes.words}>{entry.reason ?? DASH}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      )}
    </Panel>
  );
}
