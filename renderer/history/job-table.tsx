import { Table } from '@mantine/core';
import { memo } from 'react';
import type { JobDto } from '../../engine/contract/dto/index.ts';
import {
  DASH,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  formatTime,
  StatusBadge,
  titleOf,
} from '../ui/index.ts';
import classes from './jobs.module.css';

interface Column {
  readonly title: string;
  readonly cell: (job: JobDto) => React.ReactNode;
  readonly isNumber?: boolean;
  /** A figure that some kinds of jobs have: the column is there where any job has it. */
  readonly of?: keyof JobDto;
}

const number = (title: string, cell: (job: JobDto) => string): Column => ({ title, cell, isNumber: true });
const figure = (title: string, of: keyof JobDto, cell: (job: JobDto) => string): Column => ({
  ...number(title, cell),
  of,
});

/** The table of jobs, of whatever kind; the same figures as over HTTP and in CSV. */
const COLUMNS: readonly Column[] = [
  number('ID', (job) => String(job.id)),
  { title: 'Kind', cell: (job) => titleOf(job.kind) },
  { title: 'Name', cell: (job) => <JobLink job={job} /> },
  { title: 'Symbols', cell: (job) => job.symbols.join(', ') },
  { title: 'Timeframes', cell: (job) => job.timeframes.join(', ') },
  { title: 'State', cell: (job) => <StatusBadge status={job.state} /> },
  number('Progress', (job) => formatPercent(job.progress_pct / 100, 0)),
  number('Current', (job) => `${formatCount(job.current)} of ${formatCount(job.total)} ${job.unit}`),
  figure('Best score, long', 'best_score_long', (job) => formatNumber(job.best_score_long)),
  figure('Best score, short', 'best_score_short', (job) => formatNumber(job.best_score_short)),
  figure('Accuracy', 'accuracy', (job) => formatPercent(job.accuracy)),
  figure('Hit rate TP1', 'hit_rate_tp1', (job) => formatPercent(job.hit_rate_tp1)),
  figure('Mean ROC AUC', 'avg_roc_auc', (job) => formatNumber(job.avg_roc_auc)),
  number('Crowned', (job) => formatCount(job.crowned)),
  number('Pushed out since', (job) => formatCount(job.pushed_out)),
  number('Kept now', (job) => formatCount(job.kept)),
  number('Deleted', (job) => formatCount(job.deleted)),
  number('Failed', (job) => formatCount(job.failed)),
  number('Elapsed', (job) => formatDuration(job.elapsed)),
  number('Remaining', (job) => formatDuration(job.remaining)),
  figure('Version', 'model_version', (job) => job.model_version ?? DASH),
  { title: 'Requested', cell: (job) => formatTime(job.requested_at) },
  { title: 'Started', cell: (job) => formatTime(job.started_at) },
  { title: 'Completed', cell: (job) => formatTime(job.completed_at) },
  { title: 'Note', cell: (job) => job.error ?? job.waiting_for ?? job.current_model ?? '' },
];

export const JobTable = memo(function JobTable({ jobs }: { readonly jobs: readonly JobDto[] }) {
  const columns = COLUMNS.filter(({ of }) => of === undefined || jobs.some((job) => job[of] !== null));
  return (
    <Table.ScrollContainer
      minWidth={0}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': 'Table of jobs', role: 'region' } }}
    >
      <Table className={classes.jobs} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ title, isNumber }) => (
              <Table.Th key={title} ta={isNumber ? 'right' : undefined}>
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {jobs.map((job) => (
            <Table.Tr key={job.id}>
              {columns.map(({ title, isNumber, cell }) => (
                <Table.Td key={title} ta={isNumber ? 'right' : undefined}>
                  {cell(job)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
});

function JobLink({ job }: { readonly job: JobDto }) {
  return (
    <a className={classes.jobLink} href={`#/queue?queue=${job.id}`}>
      {job.name}
    </a>
  );
}
