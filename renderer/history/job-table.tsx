import { Table } from '@mantine/core';
import { memo } from 'react';
import type { JobDto } from '../../engine/contract/dto/index.ts';
import {
  DASH,
  formatBytes,
  formatCount,
  formatDuration,
  formatMinute,
  formatNumber,
  formatPercent,
  formatProgress,
  Head,
  jobWords,
  keepsModels,
  marksText,
  SideScroll,
  StatusBadge,
  titleOf,
  zoneLabel,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './jobs.module.css';
import { texts } from './texts.ts';

interface Column {
  readonly title: string;
  readonly cell: (job: JobDto) => React.ReactNode;
  readonly isNumber?: boolean;
  /** The head names the zone. */
  readonly isTime?: boolean;
  readonly className?: string | undefined;
  /** A figure that some kinds of jobs have: the column is there where any job has it. */
  readonly of?: keyof JobDto;
  /** The column is there where this is so of any job. */
  readonly isShown?: (job: JobDto) => boolean;
}

const number = (title: string, cell: (job: JobDto) => string): Column => ({ title, cell, isNumber: true });
const figure = (title: string, of: keyof JobDto, cell: (job: JobDto) => string): Column => ({
  ...number(title, cell),
  of,
});

const time = (title: string, of: (job: JobDto) => string | null): Column => ({
  title,
  cell: (job) => formatMinute(of(job)),
  isTime: true,
});

/** A job that keeps no models has no such count. */
const ofModels = ({ kind }: JobDto, count: number): string => (keepsModels(kind) ? formatCount(count) : DASH);

/** The table of jobs, of whatever kind; the same figures as over HTTP and in CSV. */
const COLUMNS: readonly Column[] = [
  number('ID', (job) => String(job.id)),
  { title: texts.kind, cell: (job) => titleOf(job.kind) },
  { title: common.name, cell: (job) => <JobLink job={job} />, className: classes.name },
  {
    title: texts.symbols,
    cell: (job) => (
      <span className={classes.symbols} title={job.symbols.join(', ')}>
        {job.symbols.join(', ')}
      </span>
    ),
  },
  { title: texts.timeframes, cell: (job) => job.timeframes.join(', ') },
  {
    title: common.marks,
    cell: (job) => (
      <span title={job.note ?? undefined}>{marksText(job) || (job.note === null ? DASH : common.note)}</span>
    ),
    isShown: ({ favorite, tags, note }) => favorite || tags.length > 0 || note !== null,
  },
  { title: common.state, cell: (job) => <StatusBadge status={job.state} /> },
  { title: common.note, cell: (job) => <Note job={job} /> },
  number(common.progress, (job) => formatProgress(job.progress_pct / 100)),
  number(common.current, (job) =>
    texts.currentOfAll({
      current: formatCount(job.current),
      total: job.total,
      unit: jobWords(job.kind).unit,
    }),
  ),
  figure(common.bestScoreLong, 'best_score_long', (job) => formatNumber(job.best_score_long)),
  figure(common.bestScoreShort, 'best_score_short', (job) => formatNumber(job.best_score_short)),
  figure(common.accuracy, 'accuracy', (job) => formatPercent(job.accuracy)),
  figure(common.hitRateTp1, 'hit_rate_tp1', (job) => formatPercent(job.hit_rate_tp1)),
  figure(common.meanRocAuc, 'avg_roc_auc', (job) => formatNumber(job.avg_roc_auc)),
  number(common.crowned, (job) => ofModels(job, job.crowned)),
  number(common.pushedOutSince, (job) => ofModels(job, job.pushed_out)),
  number(common.keptNow, (job) => ofModels(job, job.kept)),
  number(common.deleted, (job) => ofModels(job, job.deleted)),
  number(common.failed, (job) => formatCount(job.failed)),
  number(common.elapsed, (job) => formatDuration(job.elapsed)),
  number(common.remaining, (job) => formatDuration(job.remaining)),
  figure(common.memory, 'peak_memory_bytes', (job) =>
    job.peak_memory_bytes === null ? DASH : formatBytes(job.peak_memory_bytes),
  ),
  number(common.onDisk, (job) => formatBytes(job.disk_bytes)),
  figure(common.version, 'model_version', (job) => job.model_version ?? DASH),
  time(texts.requested, (job) => job.requested_at),
  time(texts.started, (job) => job.started_at),
  time(texts.completed, (job) => job.completed_at),
];

export const JobTable = memo(function JobTable({ jobs }: { readonly jobs: readonly JobDto[] }) {
  const columns = COLUMNS.filter(
    ({ of, isShown }) =>
      (of === undefined || jobs.some((job) => job[of] !== null)) &&
      (isShown === undefined || jobs.some(isShown)),
  );
  return (
    <SideScroll className={classes.scroller} label={texts.tableOfJobs}>
      <Table className={classes.jobs} stickyHeader highlightOnHover fz="sm">
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ title, isNumber, isTime, className }) => (
              <Head key={title} ta={isNumber ? 'right' : undefined} className={className}>
                {isTime === true ? `${title} (${zoneLabel()})` : title}
              </Head>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {jobs.map((job) => (
            <Table.Tr key={job.id}>
              {columns.map(({ title, isNumber, className, cell }) => (
                <Table.Td key={title} ta={isNumber ? 'right' : undefined} className={className}>
                  {cell(job)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </SideScroll>
  );
});

function JobLink({ job }: { readonly job: JobDto }) {
  return (
    <a className={`${classes.jobLink} two-lines`} href={`#/queue?queue=${job.id}`} title={job.name}>
      {job.name}
    </a>
  );
}

/** Why it failed, what it waits for, or what is in work. */
function Note({ job }: { readonly job: JobDto }) {
  const note = job.error ?? job.waiting_for ?? job.current_model;
  return note === null ? (
    DASH
  ) : (
    <span className={classes.note} title={note} data-error={job.error !== null || undefined}>
      {note}
    </span>
  );
}
