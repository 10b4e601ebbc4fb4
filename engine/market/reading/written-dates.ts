import type { TextEncodingName } from '../../contract/text-encoding.ts';
import { type WrittenDate, writtenDate } from './date-order.ts';
import type { TableLayout } from './formats/format.ts';

export interface WrittenDates {
  /** In file order, each once where several rows in turn have it. */
  readonly dates: readonly WrittenDate[];
  /** Whether they are written with slashes. */
  readonly isSlashed: boolean;
}

type DateColumn = Pick<TableLayout, 'delimiter' | 'headerLines' | 'stamp'>;

/** So many dates leave no doubt that is worth reading on for. */
const MOST_DATES = 400;
/** In characters; a row of prices has a hundred. */
const LONGEST_LINE = 262_144;

/**
 * The dates of a table whose days, months and years are short numbers. Reads until there are enough to tell their order; nothing beyond the
 * head where that has no such date.
 *
 * @param head first lines of the text
 */
export async function writtenDates(
  head: string,
  pieces: () => AsyncIterable<Uint8Array>,
  encoding: TextEncodingName,
  column: DateColumn,
): Promise<WrittenDates> {
  const atHead = new DateCollector(column);
  for (const line of head.split(/\r\n|\n|\r/)) atHead.take(line);
  if (atHead.dates.length === 0) return atHead;
  const decoder = new TextDecoder(encoding);
  const all = new DateCollector(column);
  let rest = '';
  for await (const piece of pieces()) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split(/\r\n|\n|\r/);
    rest = lines.pop()!;
    for (const line of lines) all.take(line);
    if (all.dates.length >= MOST_DATES || rest.length > LONGEST_LINE) return all;
  }
  all.take(rest);
  return all;
}

class DateCollector implements WrittenDates {
  readonly dates: WrittenDate[] = [];
  isSlashed = false;
  private readonly column: DateColumn;
  private last = '';
  private lineNumber = 0;

  constructor(column: DateColumn) {
    this.column = column;
  }

  take(line: string): void {
    const { delimiter, headerLines, stamp } = this.column;
    if (++this.lineNumber <= headerLines) return;
    const cell = line.split(delimiter, stamp[0] + 1)[stamp[0]] ?? '';
    const date = writtenDate(cell);
    const key = date === undefined ? '' : date.join('/');
    if (date === undefined || key === this.last) return;
    this.last = key;
    this.isSlashed ||= cell.includes('/');
    this.dates.push(date);
  }
}
