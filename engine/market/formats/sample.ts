import type { DateOrder } from '../../contract/date-order.ts';
import { type DecimalMark, SEPARATORS, type SeparatorName } from '../../contract/table-words.ts';

/** A line that is wide enough for a table: a stamp and four prices, or their names. */
export type Cells = readonly [string, string, string, string, string, ...string[]];

/** The beginning of a delimited text file, cut into cells: what recognizers look at. */
export interface TextSample {
  readonly delimiter: string;
  /** Numbers are written `1,1025`. */
  readonly decimalComma: boolean;
  /** Whether that is a guess: `31,011` may be thirty-one, or thirty-one thousand. */
  readonly isDecimalCommaDoubtful: boolean;
  /** Cells of the header line; none if the data begin at once. */
  readonly header: Cells | undefined;
  /** Lines up to and including the header, or before the first row where there is none. */
  readonly headerLines: number;
  /** First rows of data, blank lines left out. */
  readonly rows: readonly Cells[];
  /** Cells in the header, or in most rows where there is none. */
  readonly columns: number;
  /** What these rows suggest; `judgeDateOrder` asks the whole file. */
  readonly dateOrder: DateOrder;
}

const SAMPLE_ROWS = 400;
/** Title lines some sources put above the header. */
const PREAMBLE_LINES = 10;
/** A stamp and four prices. */
export const FEWEST_COLUMNS = 5;

/** What the user says about a table, against what it looks like. */
export interface TableOverrules {
  readonly separator?: SeparatorName | undefined;
  readonly decimal?: DecimalMark | undefined;
  /** What the columns are, in order, by the names of a header; others are passed over. */
  readonly columns?: readonly string[] | undefined;
}

/**
 * Cuts the beginning of a text into cells. `whole` says that the text is the whole file; otherwise its last line may be cut
 * and is left out. Undefined if the text is no table of at least five columns.
 */
export function sampleText(
  text: string,
  whole: boolean,
  { separator, decimal, columns }: TableOverrules = {},
): TextSample | undefined {
  const lines = text.split(/\r\n|\n|\r/);
  if (!whole) lines.pop();
  const delimiter = separator === undefined ? findDelimiter(lines) : SEPARATORS[separator];
  if (delimiter === undefined) return undefined;
  const cells = lines
    .slice(0, SAMPLE_ROWS)
    .map((line): readonly string[] => (line.trim() === '' ? [] : splitLine(line, delimiter)));
  const first = cells.findIndex(isWide);
  const firstCells = cells.find(isWide);
  if (firstCells === undefined || first >= PREAMBLE_LINES) return undefined;
  const hasHeader = looksLikeHeader(firstCells);
  const headerLines = hasHeader ? first + 1 : first;
  const rows = cells.slice(headerLines).filter(isWide);
  return {
    delimiter,
    decimalComma: decimal === undefined ? usesDecimalComma(rows) : decimal === 'comma',
    isDecimalCommaDoubtful: decimal === undefined && usesDecimalComma(rows) && hasOnlyThousands(rows),
    header: columns === undefined ? (hasHeader ? firstCells : undefined) : named(columns),
    headerLines,
    rows,
    columns: hasHeader ? firstCells.length : commonLength(rows),
    dateOrder: suggestedDateOrder(rows),
  };
}

function isWide(cells: readonly string[]): cells is Cells {
  return cells.length >= FEWEST_COLUMNS;
}

/** The most structural delimiter comes first: a comma may be a decimal mark in a file of semicolons or tabs. */
function findDelimiter(lines: readonly string[]): string | undefined {
  const probe = lines.filter((line) => line.trim() !== '').slice(0, 50);
  for (const delimiter of ['\t', ';', ',', '|']) {
    const wide = probe.filter((line) => splitLine(line, delimiter).length >= FEWEST_COLUMNS).length;
    const headed = wide > 0 && looksLikeHeader(splitLine(probe[0]!, delimiter));
    if (headed || (wide > 0 && wide >= probe.length / 2)) return delimiter;
  }
  return undefined;
}

function splitLine(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (const c of line) {
    if (c === '"') quoted = !quoted;
    else if (c === delimiter && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += c;
  }
  cells.push(cell.trim());
  // A delimiter at the end of the line opens no column.
  if (cells.at(-1) === '' && cells.length > FEWEST_COLUMNS) cells.pop();
  return cells;
}

/** A header has names where a row has its stamp and prices: at most one of its cells holds a digit up front. */
function looksLikeHeader(cells: readonly string[]): boolean {
  const names = cells.filter((cell) => /^<?\p{L}/u.test(cell)).length;
  const numbers = cells.filter((cell) => /^[-+]?\d/.test(cell)).length;
  return names >= 4 && numbers < 4;
}

/** A comma stands for decimals where nothing does with a point, or where points stand before it. */
function usesDecimalComma(rows: readonly (readonly string[])[]): boolean {
  const cells = rows.flat();
  if (cells.some((c) => /^\d{1,3}(\.\d{3})+,\d+$/.test(c))) return true;
  return cells.some((c) => /^\d+,\d+$/.test(c)) && !cells.some((c) => /^[\d,]*\d\.\d+$/.test(c));
}

/** Whether every comma stands before three digits. */
function hasOnlyThousands(rows: readonly (readonly string[])[]): boolean {
  return rows.flat().every((cell) => !/^\d+,\d+$/.test(cell) || /^\d{1,3},\d{3}$/.test(cell));
}

/** Names that are given for columns; a table has five at least, of whatever name. */
function named(columns: readonly string[]): Cells {
  const [a = '', b = '', c = '', d = '', e = '', ...rest] = columns;
  return [a, b, c, d, e, ...rest];
}

function commonLength(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}

function suggestedDateOrder(rows: readonly (readonly string[])[]): DateOrder {
  let separator = '';
  for (const row of rows) {
    for (const cell of row.slice(0, 2)) {
      const match = /^(\d{1,2})([-./])(\d{1,2})\2\d{2,4}\b/.exec(cell);
      if (match === null) continue;
      if (Number(match[1]) > 12) return 'dmy';
      if (Number(match[3]) > 12) return 'mdy';
      separator = match[2]!;
    }
  }
  // Points are written between day, month and year, slashes mostly by those who put the month first.
  return separator === '/' ? 'mdy' : 'dmy';
}
