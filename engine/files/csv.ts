/** How a CSV file is written. */
export interface CsvDialect {
  /** One character between cells. */
  readonly separator: string;
  readonly decimal: '.' | ',';
}

const RFC_4180: CsvDialect = { separator: ',', decimal: '.' };

/**
 * A line of a CSV file (RFC 4180): CRLF at its end, cells quoted where needed. Text that a spreadsheet would run as a
 * formula gets a leading apostrophe; numbers stay numbers.
 */
export function csvLine(cells: readonly (string | number | null)[], dialect = RFC_4180): string {
  return `${cells.map((cell) => formatCell(cell, dialect)).join(dialect.separator)}\r\n`;
}

const FORMULA_START = /^[=+\-@\t\r]/;

function formatCell(value: string | number | null, { separator, decimal }: CsvDialect): string {
  if (value === null) return '';
  if (typeof value === 'number') return quoted(String(value).replace('.', decimal), separator);
  return quoted(FORMULA_START.test(value) ? `'${value}` : value, separator);
}

function quoted(text: string, separator: string): string {
  return /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
}
