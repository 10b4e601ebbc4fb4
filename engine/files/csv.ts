/**
 * A line of a CSV file (RFC 4180): CRLF at its end, cells quoted where needed. Text that a spreadsheet would run as a
 * formula gets a leading apostrophe; numbers stay numbers.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(formatCell).join(',')}\r\n`;
}

const FORMULA_START = /^[=+\-@\t\r]/;

function formatCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
