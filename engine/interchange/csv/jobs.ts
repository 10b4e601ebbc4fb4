import { JOB_COLUMNS, type JobDto } from '../../contract/dto/index.ts';
import { csvLine } from '../../files/csv.ts';

/** The table of jobs as CSV; lists stand in one cell, parted by spaces. */
export function jobsCsv(jobs: readonly JobDto[]): string {
  const rows = jobs.map((job) => JOB_COLUMNS.map((column) => cellOf(job[column])));
  return [JOB_COLUMNS, ...rows].map((cells) => csvLine(cells)).join('');
}

function cellOf(value: JobDto[keyof JobDto]): string | number | null {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'object' && value !== null ? value.join(' ') : value;
}
