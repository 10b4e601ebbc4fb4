import { JOB_COLUMNS, type JobDto } from '../../../engine/contract/dto/index.ts';
import { bytes, duration, integer, minute, percent, table } from './format.ts';

/** One line about a job, after something was done to it. */
export function jobLine(job: JobDto): string {
  const reason = job.error === null ? '' : ` (${job.error})`;
  const waits = job.waiting_for === null ? '' : ` ${job.waiting_for}`;
  return `Job ${job.id} "${job.name}" is ${worded(job.state)}, ${progressOf(job)}${reason}.${waits}`;
}

const COLUMNS: readonly (readonly [title: string, cell: (job: JobDto) => string])[] = [
  ['ID', (job) => integer(job.id)],
  ['Kind', (job) => worded(job.kind)],
  ['Name', (job) => job.name],
  ['State', (job) => worded(job.state)],
  ['Done', (job) => `${integer(Math.floor(job.progress_pct))} %`],
  ['Current', (job) => integer(job.current)],
  ['Total', (job) => `${integer(job.total)} ${job.unit}`],
  ['Failed', (job) => integer(job.failed)],
  ['Skipped', (job) => integer(job.skipped)],
  ['Crowned', (job) => integer(job.crowned)],
  ['Pushed out', (job) => integer(job.pushed_out)],
  ['Kept now', (job) => integer(job.kept)],
  ['Elapsed', (job) => duration(job.elapsed)],
  ['Remaining', (job) => (job.remaining === null ? '–' : duration(job.remaining))],
  ['Memory', (job) => (job.peak_memory_bytes === null ? '–' : bytes(job.peak_memory_bytes))],
  ['On disk', (job) => bytes(job.disk_bytes)],
  ['Priority', (job) => integer(job.priority)],
  ['Requested (UTC)', (job) => minute(job.requested_at)],
  ['Marks', (job) => [job.favorite ? '*' : '', ...job.tags].filter(Boolean).join(' ')],
  ['Note', (job) => job.error ?? job.waiting_for ?? job.current_model ?? ''],
];
const TEXTS = new Set(['Kind', 'Name', 'State', 'Marks', 'Note', 'Requested (UTC)']);

export function jobsText(jobs: readonly JobDto[]): string {
  if (jobs.length === 0) return 'No jobs yet. `regimen train GRID.yaml` makes and trains one.';
  const head = COLUMNS.map(([title]) => title);
  const rows = jobs.map((job) => COLUMNS.map(([, cell]) => cell(job)));
  return table(
    head,
    rows,
    head.filter((title) => !TEXTS.has(title)),
  );
}

/** Every column of a job, one a line, with the names of the table. */
export function jobText(job: JobDto): string {
  return table(
    ['Field', 'Value'],
    JOB_COLUMNS.map((column) => [column, textOf(job, column)]),
  );
}

function textOf(job: JobDto, column: keyof JobDto): string {
  const value = job[column];
  if (value === null) return '–';
  if (column === 'elapsed' || column === 'remaining') return duration(Number(value));
  if (column.endsWith('_bytes')) return bytes(Number(value));
  if (column === 'progress_pct') return percent(Number(value) / 100);
  if (column === 'accuracy' || column === 'hit_rate_tp1') return percent(Number(value));
  return typeof value === 'object' ? value.join(', ') : String(value);
}

function progressOf({ current, total, unit }: JobDto): string {
  return `${integer(current)} of ${integer(total)} ${unit}`;
}

function worded(name: string): string {
  return name.replaceAll('_', ' ');
}
