import type { DateOrder } from '../../../contract/date-order.ts';
import { type DecimalMark, SEPARATORS, type SeparatorName } from '../../../contract/table-words.ts';
import type { TableOrigin } from '../tables/table-origin.ts';
import { priceColumns } from './column-names.ts';

/** A line that is wide enough for a table: a stamp and two prices at least, or their names. */
export type Cells = readonly [string, string, string, ...string[]];

/** The beginning of a delimited text file, cut into cells: what recognizers look at. */
export interface TextSample {
  /** What the table was before; undefined for a text. */
  readonly origin?: TableOrigin | undefined;
  readonly delimiter: string;
  /** Numbers are written `1,1025`. */
  readonly decimalComma: boolean;
  /** Whether that is a guess: `31,011` may be thirty-one, or thirty-one thousand. */
  readonly isDecimalCommaDoubtful: boolean;
  /** Cells of the header line; none if the data begin at once. */
  readonly header: Cells | undefined;
  /** Lines up to and including the header and what goes on with it, or before the first row where there is none. */
  readonly headerLines: number;
  /** Lines between the header and the first row that hold no number: units, or names of a second level. */
  readonly subHeaders: readonly Cells[];
  /** Lines above the header that are as wide. */
  readonly titles: readonly Cells[];
  /** First rows of data, blank lines left out. */
  readonly rows: readonly Cells[];
  /** Cells in the header, or in most rows where there is none. */
  readonly columns: number;
  /** What these rows suggest; `judgeDateOrder` asks the whole file. */
  readonly dateOrder: DateOrder;
}

const SAMPLE_ROWS = 400;
/** Title lines some sources put above the header. */
const PREAMBLE_LINES = 40;
const SUB_HEADERS = 3;
/** A stamp and four prices. */
export const FEWEST_COLUMNS = 5;
/** A stamp, a bid and an ask. */
const FEWEST_OF_TICKS = 3;

/** What the user says about a table, against what it looks like. */
export interface TableOverrules {
  readonly separator?: SeparatorName | undefined;
  readonly decimal?: DecimalMark | undefined;
  /** What the columns are, in order, by the names of a header; others are passed over. */
  readonly columns?: readonly string[] | undefined;
}

/**
 * Cuts the beginning of a text into cells. `whole` says that the text is the whole file; otherwise its last line may be cut
 * and is left out. Undefined if the text is no table of at least three columns.
 */
export function sampleText(
  text: string,
  whole: boolean,
  overrules: TableOverrules = {},
): TextSample | undefined {
  const lines = text.split(/\r\n|\n|\r/);
  if (!whole) lines.pop();
  return sampleOf(lines, FEWEST_COLUMNS, overrules) ?? sampleOf(lines, FEWEST_OF_TICKS, overrules);
}

function sampleOf(
  lines: readonly string[],
  fewest: number,
  { separator, decimal, columns }: TableOverrules,
): TextSample | undefined {
  const delimiter = separator === undefined ? findDelimiter(lines, fewest) : SEPARATORS[separator];
  if (delimiter === undefined) return undefined;
  const cells = lines
    .slice(0, SAMPLE_ROWS)
    .map((line): readonly string[] => (line.trim() === '' ? [] : splitLine(line, delimiter, fewest)));
  const isWide = (row: readonly string[]): row is Cells => row.length >= fewest;
  const first = cells.findIndex((row) => isWide(row) && (looksLikeHeader(row) || looksLikeRow(row)));
  const at = first < 0 ? cells.findIndex(isWide) : bestHeader(cells, first, isWide);
  const firstCells = cells[at];
  if (firstCells === undefined || !isWide(firstCells) || at >= PREAMBLE_LINES) return undefined;
  const hasHeader = looksLikeHeader(firstCells);
  const header = hasHeader ? withoutHash(firstCells) : undefined;
  const below = cells.slice(hasHeader ? at + 1 : at);
  const subHeaders = hasHeader ? leadingWords(below.slice(0, SUB_HEADERS), isWide) : [];
  const rows = below
    .slice(subHeaders.length)
    .filter(isWide)
    .filter((row) => !row[0].startsWith('#'));
  return {
    delimiter,
    decimalComma: decimal === undefined ? usesDecimalComma(rows) : decimal === 'comma',
    isDecimalCommaDoubtful: decimal === undefined && usesDecimalComma(rows) && hasOnlyThousands(rows),
    header: columns === undefined ? header : named(columns),
    headerLines: (hasHeader ? at + 1 : at) + subHeaders.length,
    subHeaders,
    titles: cells.slice(0, at).filter(isWide),
    rows,
    columns: hasHeader ? firstCells.length : commonLength(rows),
    dateOrder: suggestedDateOrder(rows),
  };
}

/** Of the lines above the first row the one that names prices, else the first one that is wide enough for a header. */
function bestHeader(
  cells: readonly (readonly string[])[],
  first: number,
  isWide: (row: readonly string[]) => boolean,
): number {
  for (let i = first; i < Math.min(cells.length, PREAMBLE_LINES); i++) {
    const row = cells[i]!;
    if (!isWide(row)) continue;
    if (looksLikeRow(row)) break;
    if (
      looksLikeHeader(row) &&
      PRICES.some((side) => priceColumns(withoutHash(row as Cells), side) !== undefined)
    ) {
      return i;
    }
  }
  return first;
}

const PRICES = ['', 'bid', 'ask'] as const;

/** A row of data: numbers, and something with digits that may be a stamp. */
function looksLikeRow(cells: readonly string[]): boolean {
  return cells.filter((cell) => /^[-+]?[\d.,]*\d/.test(cell)).length >= FEWEST_OF_TICKS;
}

/** Some tools put the mark of a comment before the names of columns. */
function withoutHash(cells: Cells): Cells {
  const [first, ...others] = cells;
  return [first.replace(/^#\s*/, ''), ...others] as unknown as Cells;
}

function leadingWords(
  below: readonly (readonly string[])[],
  isWide: (row: readonly string[]) => row is Cells,
): Cells[] {
  const found: Cells[] = [];
  for (const row of below) {
    if (!isWide(row) || !/\p{L}/u.test(row.join('')) || row.some((cell) => /^[-+#]?[\d.,]*\d/.test(cell)))
      break;
    found.push(row);
  }
  return found;
}

/** The most structural delimiter comes first: a comma may be a decimal mark in a file of semicolons or tabs. */
function findDelimiter(lines: readonly string[], fewest: number): string | undefined {
  const probe = lines.filter((line) => line.trim() !== '').slice(0, 50);
  for (const delimiter of ['\t', ';', ',', '|']) {
    const wide = probe.filter((line) => splitLine(line, delimiter, fewest).length >= fewest).length;
    const headed = wide > 0 && looksLikeHeader(splitLine(probe[0]!, delimiter, fewest));
    if (headed || (wide > 0 && wide >= probe.length / 2)) return delimiter;
  }
  return undefined;
}

function splitLine(line: string, delimiter: string, fewest: number): string[] {
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
  if (cells.at(-1) === '' && cells.length > fewest) cells.pop();
  return cells;
}

/** A header has names where a row has its stamp and prices: at most one of its cells holds a digit up front. */
function looksLikeHeader(cells: readonly string[]): boolean {
  const names = cells.filter((cell) => /^(#\s*)?[<(['"]*\p{L}/u.test(cell)).length;
  const numbers = cells.filter((cell) => /^[-+]?\d/.test(cell)).length;
  return names >= Math.min(4, cells.length) && numbers < Math.min(4, names);
}

/**
 * A comma stands for decimals where it can't group thousands and no point stands for decimals; or where it may group them, and there is no
 * number with a point at all.
 */
function usesDecimalComma(rows: readonly (readonly string[])[]): boolean {
  const cells = rows.flat().map((cell) => cell.replace(/(?<=\d)[ \u00a0\u202f'\u2019](?=\d{3})/g, ''));
  if (cells.some((c) => /^\d{1,3}(\.\d{3})+,\d+$/.test(c))) return true;
  const commas = cells.filter((c) => /^\d+,\d+$/.test(c));
  const points = cells.filter((c) => /^[\d,]*\d\.\d+$/.test(c));
  if (commas.some((c) => !/^\d{1,3},\d{3}$/.test(c))) {
    return points.every((c) => /^\d{1,3}\.\d{3}$/.test(c));
  }
  return commas.length > 0 && points.length === 0;
}

/** Whether every comma stands before three digits, so that it may be a mark of thousands. */
function hasOnlyThousands(rows: readonly (readonly string[])[]): boolean {
  const commas = rows.flat().filter((cell) => /^\d+,\d+$/.test(cell));
  return commas.length > 0 && commas.every((cell) => /^\d{1,3},\d{3}$/.test(cell));
}

/** Names that are given for columns; a table has five at least, of whatever name. */
function named(columns: readonly string[]): Cells {
  const [a = '', b = '', c = '', ...rest] = columns;
  return [a, b, c, ...rest];
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
