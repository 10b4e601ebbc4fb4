import { Table } from '@mantine/core';
import { memo } from 'react';
import type { JobDto } from '../../engine/contract/dto/index.ts';
import { createColumnChoice } from '../table/column-choice.ts';
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
  jobKindTitle,
  jobWords,
  keepsModels,
  marksText,
  SideScroll,
  StatusBadge,
  zoneLabel,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './jobs.module.css';
import { texts } from './texts.ts';

interface Column {
  readonly key: string;
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
  /** Not among the columns of who has chosen none. */
  readonly isOptional?: boolean;
}

const number = (key: string, title: string, cell: (job: JobDto) => string): Column => ({
  key,
  title,
  cell,
  isNumber: true,
});
const figure = (of: keyof JobDto, title: string, cell: (job: JobDto) => string): Column => ({
  ...number(of, title, cell),
  of,
});

const time = (key: string, title: string, of: (job: JobDto) => string | null): Column => ({
  key,
  title,
  cell: (job) => formatMinute(of(job)),
  isTime: true,
});

const optional = (column: Column): Column => ({ ...column, isOptional: true });

/** A job that keeps no models has no such count. */
const ofModels = ({ kind }: JobDto, count: number): string => (keepsModels(kind) ? formatCount(count) : DASH);

/** The table of jobs, of whatever kind; the same figures as over HTTP and in CSV. Those that are shown unasked fit in a window of 1440. */
const COLUMNS: readonly Column[] = [
  number('id', 'ID', (job) => String(job.id)),
  { key: 'kind', title: texts.kind, cell: (job) => jobKindTitle(job.kind) },
  { key: 'name', title: common.name, cell: (job) => <Name job={job} />, className: classes.name },
  {
    key: 'symbols',
    title: texts.symbols,
    cell: (job) => (
      <span className={classes.symbols} title={job.symbols.join(', ')}>
        {job.symbols.join(', ')}
      </span>
    ),
  },
  { key: 'timeframes', title: texts.timeframes, cell: (job) => job.timeframes.join(', ') },
  {
    key: 'marks',
    title: common.marks,
    cell: (job) => (
      <span title={job.note ?? undefined}>{marksText(job) || (job.note === null ? DASH : common.note)}</span>
    ),
    isShown: ({ favorite, tags, note }) => favorite || tags.length > 0 || note !== null,
  },
  { key: 'state', title: common.state, cell: (job) => <StatusBadge status={job.state} /> },
  number('progress', common.progress, (job) => formatProgress(job.progress_pct / 100)),
  number('current', common.current, (job) =>
    texts.currentOfAll({
      current: formatCount(job.current),
      total: job.total,
      unit: jobWords(job.kind).unit,
    }),
  ),
  figure('best_score_long', common.bestScoreLong, (job) => formatNumber(job.best_score_long)),
  figure('best_score_short', common.bestScoreShort, (job) => formatNumber(job.best_score_short)),
  figure('accuracy', common.accuracy, (job) => formatPercent(job.accuracy)),
  figure('hit_rate_tp1', common.hitRateTp1, (job) => formatPercent(job.hit_rate_tp1)),
  figure('avg_roc_auc', common.meanRocAuc, (job) => formatNumber(job.avg_roc_auc)),
  optional(number('crowned', common.crowned, (job) => ofModels(job, job.crowned))),
  optional(number('pushed_out', common.pushedOutSince, (job) => ofModels(job, job.pushed_out))),
  number('kept', common.keptNow, (job) => ofModels(job, job.kept)),
  optional(number('deleted', common.deleted, (job) => ofModels(job, job.deleted))),
  number('failed', common.failed, (job) => formatCount(job.failed)),
  number('elapsed', common.elapsed, (job) => formatDuration(job.elapsed)),
  {
    ...number('remaining', common.remaining, (job) => formatDuration(job.remaining)),
    isShown: ({ remaining }) => remaining !== null && remaining > 0,
  },
  optional(
    figure('peak_memory_bytes', common.memory, (job) =>
      job.peak_memory_bytes === null ? DASH : formatBytes(job.peak_memory_bytes),
    ),
  ),
  optional(number('disk', common.onDisk, (job) => formatBytes(job.disk_bytes))),
  figure('model_version', common.version, (job) => job.model_version ?? DASH),
  optional(time('requested', texts.requested, (job) => job.requested_at)),
  optional(time('started', texts.started, (job) => job.started_at)),
  time('completed', texts.completed, (job) => job.completed_at),
];

export const JOB_COLUMNS = COLUMNS.map(({ key, title, isTime = false, isOptional = false }) => ({
  key,
  header: title,
  isTime,
  isOptional,
}));

export const JOB_COLUMN_KEYS: readonly string[] = COLUMNS.map(({ key }) => key);

export const JOB_COLUMN_CHOICE = createColumnChoice('regimen.jobs.columns', JOB_COLUMNS);

/** What is shown of these jobs: what was chosen, else what is usual and any job has. */
export function shownColumns(jobs: readonly JobDto[], chosen: readonly string[] | undefined) {
  const columns = JOB_COLUMN_CHOICE.shown(chosen).map(
    ({ key }) => COLUMNS.find((column) => column.key === key)!,
  );
  if (chosen !== undefined) return columns;
  return columns.filter(
    ({ of, isShown }) =>
      (of === undefined || jobs.some((job) => job[of] !== null)) &&
      (isShown === undefined || jobs.some(isShown)),
  );
}

interface JobTableProps {
  readonly jobs: readonly JobDto[];
  readonly columns: readonly Column[];
}

export const JobTable = memo(function JobTable({ jobs, columns }: JobTableProps) {
  return (
    <SideScroll className={classes.scroller} label={texts.tableOfJobs}>
      <Table className={classes.jobs} stickyHeader highlightOnHover horizontalSpacing="0.4375rem" fz="sm">
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ key, title, isNumber, isTime, className }) => (
              <Head key={key} ta={isNumber ? 'right' : undefined} className={className}>
                {isTime === true ? `${title} (${zoneLabel()})` : title}
              </Head>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {jobs.map((job) => (
            <Table.Tr key={job.id}>
              {columns.map(({ key, isNumber, className, cell }) => (
                <Table.Td key={key} ta={isNumber ? 'right' : undefined} className={className}>
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

/** Its name, and below it why it failed, what it waits for, or what is in work. */
function Name({ job }: { readonly job: JobDto }) {
  const note = job.error ?? job.waiting_for ?? job.current_model;
  return (
    <>
      <a className={`${classes.jobLink} two-lines`} href={`#/queue?queue=${job.id}`} title={job.name}>
        {job.name}
      </a>
      {note === null ? null : (
        <span className={classes.note} title={note} data-error={job.error !== null || undefined}>
          {note}
        </span>
      )}
    </>
  );
}
