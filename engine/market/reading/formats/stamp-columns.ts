import { columnsFor, isClosingName, plainName } from './column-names.ts';
import type { TableLayout } from './format.ts';
import type { TextSample } from './sample.ts';
import { StampCell } from './stamp-cell.ts';
import { isBareDate, isStamp, isTimeOfDay } from './stamp-look.ts';
import { isSerialDay } from './stamp-number.ts';

export interface StampColumns {
  readonly stamp: TableLayout['stamp'];
  /** It tells when a bar closed. */
  readonly isClosing: boolean;
  /** What the user should know of the choice. */
  readonly note?: string | undefined;
}

/** The stamp's column, or those of date and time of day, judged by name and by content; undefined where no column is named like one. */
export function stampColumns(sample: TextSample, header: readonly string[]): StampColumns | undefined {
  const { rows, dateOrder } = sample;
  const most = (column: number, test: (cell: string) => boolean) =>
    rows.filter((row) => test(row[column] ?? '')).length >= rows.length / 2;
  const named = columnsFor('stamp', header);
  const candidates = named.filter(
    (column) => most(column, (c) => isStamp(c, dateOrder)) && !isCounter(header[column]!, column, most),
  );
  const full = candidates.filter(
    (column) => rows.length > 0 && !most(column, (c) => isBareDate(c, dateOrder)),
  );
  const opening = full.filter((column) => !isClosingName(header[column]!));
  // A stamp that says itself what it is of UTC leaves nothing to be told.
  const best = opening.find((column) => most(column, (c) => hasOffset(c, sample))) ?? opening[0] ?? full[0];
  if (best !== undefined) return checked(sample, header, best, full);
  // Where no row holds a stamp the name decides: the rows are then reported one by one.
  const date = candidates[0] ?? named[0];
  if (date === undefined) return undefined;
  const clock = columnsFor('clock', header).find((column) => column !== date && most(column, isClock));
  return { stamp: clock === undefined ? [date] : [date, clock], isClosing: isClosingName(header[date]!) };
}

/** A time of day, or what is left of one that was written as a plain number: `0` for 0000. */
function isClock(cell: string): boolean {
  return /^\d{1,6}$/.test(cell) || isTimeOfDay(cell);
}

/** A frame's column without a name may hold days of a spreadsheet, but most likely counts rows. */
function isCounter(
  name: string,
  column: number,
  most: (column: number, test: (cell: string) => boolean) => boolean,
): boolean {
  return ['', 'index', 'unnamed0'].includes(plainName(name)) && most(column, isSerialDay);
}

function hasOffset(text: string, { dateOrder }: TextSample): boolean {
  const cell = new StampCell(dateOrder);
  const bytes = new TextEncoder().encode(text);
  return Number.isFinite(cell.read(bytes, 0, bytes.length)) && Number.isFinite(cell.offset);
}

/** Of two stamps a bar apart the earlier one is when it opened, whatever they are called. */
function checked(
  sample: TextSample,
  header: readonly string[],
  chosen: number,
  full: readonly number[],
): StampColumns {
  const other = full.find((column) => column !== chosen && opensLater(sample, chosen, column));
  if (other === undefined) return { stamp: [chosen], isClosing: isClosingName(header[chosen]!) };
  return {
    stamp: [other],
    isClosing: false,
    note: `Of the stamps "${header[chosen]}" and "${header[other]}" the second is the earlier one: it is taken as the opening time.`,
  };
}

/** Whether the stamps of a column come a bar after those of another in most rows. */
export function opensLater(sample: TextSample, column: number, other: number): boolean {
  const { rows, dateOrder } = sample;
  const instants = (at: number) =>
    rows.map((row) => {
      const cell = new StampCell(dateOrder);
      const bytes = new TextEncoder().encode(row[at] ?? '');
      const local = cell.read(bytes, 0, bytes.length);
      return Number.isNaN(cell.offset) ? local : local - cell.offset;
    });
  const [of, before] = [instants(column), instants(other)];
  const steps = of.slice(1).map((time, i) => Math.abs(time - of[i]!));
  const step = median(steps);
  const fitting = of.filter((time, i) => {
    const distance = time - before[i]!;
    return distance > 0 && (step === undefined || Math.abs(distance - step) <= 1000);
  });
  return fitting.length > rows.length / 2;
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
