import { Table, Tooltip } from '@mantine/core';
import { IconCheck, IconStack2, IconX } from '@tabler/icons-react';
import { memo } from 'react';
import type { QueueDto, RunDto } from '../../engine/contract/dto/index.ts';
import { go, useCall } from '../state/index.ts';
import { Badge, EmptyState, ErrorState, formatTime, LoadingRows, Num, Panel, Term, titleOf } from '../ui/index.ts';
import classes from './queue.module.css';

const LIMIT = 50;

/** The latest results of a queue with the regimes they lead. */
export function QueueResults({ queue }: { readonly queue: QueueDto }) {
  const { data, error, refresh } = useCall('queue.results', { queueId: queue.id, limit: LIMIT });
  return (
    <Panel title="Latest results" note={`Newest first, at most ${LIMIT}. All of them are in the history.`} flush>
      {error !== undefined ? <ErrorState error={error} retry={refresh} /> : null}
      {data === undefined ? (
        error === undefined && <LoadingRows rows={4} />
      ) : data.length === 0 ? (
        <EmptyState icon={<IconStack2 size={32} stroke={1.4} aria-hidden />} title="No results yet">
          Each model appears here as soon as it is trained and tested.
        </EmptyState>
      ) : (
        <ResultsTable runs={data} />
      )}
    </Panel>
  );
}

const ResultsTable = memo(function ResultsTable({ runs }: { readonly runs: readonly RunDto[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <div className={classes.results} tabIndex={0} role="region" aria-label="Latest results, table">
      <Table stickyHeader highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Model</Table.Th>
            <Table.Th>Series</Table.Th>
            <Table.Th ta="right">
              <Term term="daysHistory">Days</Term>
            </Table.Th>
            <Table.Th ta="right">
              <Term term="horizon">Horizon</Term>
            </Table.Th>
            <Table.Th>
              <Term term="encoder" />
            </Table.Th>
            <Table.Th>Status</Table.Th>
            <Table.Th>
              <Term term="kept" />
            </Table.Th>
            <Table.Th ta="right">
              <Term term="bestSharpe" />
            </Table.Th>
            <Table.Th>Regimes it leads</Table.Th>
            <Table.Th>Trained</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <ResultRow key={run.id} run={run} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
});

const ResultRow = memo(function ResultRow({ run }: { readonly run: RunDto }) {
  return (
    <Table.Tr onDoubleClick={() => go('history', { run: String(run.id) })}>
      <Table.Td>
        <a className={classes.rowLink} href={`#/history?run=${run.id}`}>
          {titleOf(run.modelType)}
        </a>
      </Table.Td>
      <Table.Td>
        {run.symbol} {run.timeframe}
      </Table.Td>
      <Table.Td ta="right">{run.daysHistory}</Table.Td>
      <Table.Td ta="right">{run.horizon}</Table.Td>
      <Table.Td>{titleOf(run.encoder)}</Table.Td>
      <Table.Td>
        {run.status === 'completed' ? (
          <Badge tone="gain">Completed</Badge>
        ) : (
          <Tooltip label={run.error ?? 'No reason was recorded'}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be readable without a mouse. */}
            <span tabIndex={0}>
              <Badge tone="loss">Failed</Badge>
            </span>
          </Tooltip>
        )}
      </Table.Td>
      <Table.Td>
        {run.kept ? (
          <IconCheck size={16} className={classes.kept} role="img" aria-label="Kept" />
        ) : (
          <IconX size={16} className={classes.notKept} role="img" aria-label="Not kept" />
        )}
      </Table.Td>
      <Table.Td ta="right">
        <Num term="bestSharpe" value={run.sharpe} signed />
      </Table.Td>
      <Table.Td>{run.bestRegimes.length === 0 ? '–' : run.bestRegimes.map(titleOf).join(', ')}</Table.Td>
      <Table.Td className={classes.dim}>{formatTime(run.createdAt)}</Table.Td>
    </Table.Tr>
  );
});
