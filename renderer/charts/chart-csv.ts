import type { ChartTable } from './chart-figure.tsx';

/** The table of a chart as CSV (RFC 4180), figures as they are shown. */
export function chartCsv({ columns, rows }: ChartTable): string {
  return [columns, ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

/** Typographic signs of figures are those of programs; a text that a spreadsheet would take for a formula is none. */
function quoted(cell: string): string {
  const text = cell.replace(/^−(?=[\d.])/, '-').replaceAll('\u00a0', ' ');
  const isFormula = /^[=+@\t\r]/.test(text) || (text.startsWith('-') && !/^-[\d.]/.test(text));
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** `equity-over-each-other`: what a file of a chart is called. */
export function chartFileName(title: string): string {
  const name = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'chart' : name.slice(0, 80);
}
