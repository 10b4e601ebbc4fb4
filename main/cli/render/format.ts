import Table from 'cli-table3';
import { grouped } from '../../../engine/contract/counted.ts';
import { decimalText, percentText } from '../../../engine/contract/number-text.ts';

/** `12.3 %` of a fraction; a dash where there is no value. */
export function percent(fraction: number | null | undefined, digits = 1): string {
  return fraction === null || fraction === undefined || !Number.isFinite(fraction)
    ? '–'
    : percentText(fraction, digits);
}

export function decimal(value: number | null | undefined, digits = 2): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  return decimalText(value, digits);
}

export function integer(value: number): string {
  return grouped(value);
}

export { counted as count } from '../../../engine/contract/counted.ts';

/** `0.8 s`, `42 s`, `3 min 05 s`, `2 h 07 min`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const pad = (n: number) => String(n).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${pad(Math.floor((whole % 3600) / 60))} min`;
}

export function bytes(n: number): string {
  if (n < 1000) return `${n} B`;
  if (n < 1e6) return `${(n / 1e3).toFixed(1)} kB`;
  if (n < 1e9) return `${(n / 1e6).toFixed(1)} MB`;
  return `${(n / 1e9).toFixed(2)} GB`;
}

/** `2017-01-01 22:00` of an ISO time. */
export function minute(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}

/** Neighboring columns of a table that share a title; without one, they stand for themselves. */
export interface ColumnGroup {
  readonly title: string;
  readonly columns: number;
}

/** Every line that cli-table3 could draw around a cell: none. */
const NO_FRAME = Object.fromEntries(
  ['top', 'bottom', 'left', 'mid', 'right', 'middle'].flatMap((place) =>
    ['', '-mid', '-left', '-right'].map((part) => [`${place}${part}`, '']),
  ),
);

/**
 * A table without frames: columns apart by two blanks; numbers right-aligned where `right` names the column. `groups`,
 * which together are all columns, get a line of titles above the head.
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[] = [],
  groups: readonly ColumnGroup[] = [],
): string {
  const out = new Table({
    colAligns: head.map((name) => (right.includes(name) ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: NO_FRAME,
  });
  out.push([...head], ...rows.map((row) => [...row]));
  const titles = groups.length === 0 ? [] : [titleLine(groups, [head, ...rows])];
  return [...titles, ...out.toString().split('\n')].map((line) => line.trimEnd()).join('\n');
}

/** cli-table3's cells over several columns count frames that are not drawn. */
function titleLine(
  groups: readonly ColumnGroup[],
  lines: readonly [readonly string[], ...(readonly string[])[]],
): string {
  const widths = lines[0].map((_, column) => 2 + Math.max(...lines.map((line) => line[column]!.length)));
  let from = 0;
  return groups
    .map(({ title, columns }) => {
      const width = widths.slice(from, from + columns).reduce((sum, w) => sum + w, 0);
      from += columns;
      return title.padEnd(width);
    })
    .join('');
}
