/** What a cell of a table can hold; everything else is left empty. */
export type CellValue = string | number | bigint | boolean | Date | null | undefined;

/** A row as a line of cells between tabs: what the readers of tables read. Numbers are written so that the same number is read again. */
export function tableLine(cells: readonly unknown[]): string {
  return `${cells.map(cellText).join('\t')}\n`;
}

function cellText(value: unknown): string {
  if (typeof value === 'string') return value.replace(/[\t\r\n"]+/g, ' ').trim();
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  return '';
}
