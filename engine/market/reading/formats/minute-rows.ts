import type { TextSample } from './sample.ts';

/**
 * Whether a text has rows of `20240110 120100;open;high;low;close;volume` without a header, which two sources write with other meanings, and
 * whether there is volume in most of them, which tells the two apart.
 */
export function readMinuteRows(
  { header, delimiter, columns, rows }: TextSample,
  source: string,
): { readonly reason: string } | { readonly hasVolume: boolean } {
  if (header !== undefined) return { reason: `${source} writes no header line` };
  if (delimiter !== ';') return { reason: 'the columns are not separated by semicolons' };
  if (columns !== 6) return { reason: `there are ${columns} columns instead of 6` };
  const fitting = rows.filter(([stamp]) => /^\d{8} \d{6}$/.test(stamp));
  if (fitting.length < rows.length / 2) return { reason: 'the rows do not begin with 20120201 000000' };
  return { hasVolume: rows.filter((row) => Number(row[5]) > 0).length > rows.length / 2 };
}
