/**
 * Text of a CSV file (RFC 4180): CRLF line ends, cells quoted where needed. Text that a spreadsheet would run as a
 * formula gets a leading apostrophe; numbers stay numbers.
 */
export function formatCsv(
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return [header, ...rows].map((row) => `${row.map(formatCell).join(',')}\r\n`).join('');
}

const FORMULA_START = /^[=+\-@\t\r]/;

function formatCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
