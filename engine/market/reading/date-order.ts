import { DATE_ORDERS, type DateOrder } from '../../contract/date-order.ts';
import { EngineError } from '../../contract/errors.ts';

/** A date of three short numbers as it stands in a file: `[2, 1, 2024]` of 02/01/2024, `[24, 1, 31]` of 24.01.31. */
export type WrittenDate = readonly [first: number, second: number, third: number];

export interface SuggestedDateOrder {
  readonly order: DateOrder;
  readonly isSlashed: boolean;
}

export interface JudgedDateOrder {
  readonly order: DateOrder;
  /** What the user should know; undefined where the dates leave no doubt. */
  readonly note?: string;
}

const WORDS: Readonly<Record<DateOrder, string>> = {
  dmy: 'day/month/year',
  mdy: 'month/day/year',
  ymd: 'year/month/day',
};
const DAY = 86_400_000;
/** Bars of one series do not usually leave out more days in a row. */
const USUAL_PAUSE_DAYS = 7;

/** A date of three numbers, the year with two or four digits, as it begins a cell; undefined for one whose year comes first with four. */
export function writtenDate(cell: string): WrittenDate | undefined {
  const match = /^\s*"?(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/.exec(cell);
  return match === null ? undefined : [Number(match[1]), Number(match[3]), Number(match[4])];
}

/**
 * The order that all dates of a file can be read in; where there are several, the one in which they follow each other closest: 02/01/2024 and
 * 03/01/2024 are neighbors as day/month, and a month apart as month/day.
 *
 * @param dates in file order, neighbors distinct
 * @param suggested taken where the dates say nothing; slashes are used by all the world, so that is said then
 * @param given what the user says
 * @throws EngineError `invalid-input` where the given order makes no series of them and another does
 */
export function judgeDateOrder(
  file: string,
  dates: readonly WrittenDate[],
  { order: suggested, isSlashed }: SuggestedDateOrder,
  given: DateOrder | undefined,
): JudgedDateOrder {
  const pauses = new Map(
    DATE_ORDERS.flatMap((order) => {
      const pause = typicalPause(dates, order);
      return pause === undefined ? [] : [[order, pause] as const];
    }),
  );
  if (given !== undefined) {
    const better = [...pauses].find(([order, pause]) => order !== given && pause <= USUAL_PAUSE_DAYS);
    const own = pauses.get(given);
    if (better !== undefined && (own === undefined || own > USUAL_PAUSE_DAYS)) {
      throw new EngineError(
        'invalid-input',
        `${file} makes no series of bars with its dates read as ${WORDS[given]}: ${
          own === undefined ? 'not all of them are dates then' : `they lie ${own} days apart`
        }. Read as ${WORDS[better[0]]} they follow each other.`,
        { file, remedy: 'set-date-order' },
      );
    }
    return { order: given };
  }
  const ranked = [...pauses].sort((a, b) => a[1] - b[1]);
  const [best, next] = ranked;
  if (best === undefined) return { order: suggested };
  if (next === undefined) return { order: best[0] };
  const isTie = next[1] === best[1];
  const order = isTie && pauses.get(suggested) === best[1] ? suggested : best[0];
  if (order === suggested && (!isTie || !isSlashed)) return { order };
  const others = ranked.filter(([other]) => other !== order).map(([other]) => WORDS[other]);
  return {
    order,
    note: isTie
      ? `Dates are read as ${WORDS[order]}: nothing in the file decides it. Set the date order if it is ${others.join(' or ')}.`
      : `Dates are read as ${WORDS[order]}, in which they follow each other; as ${others.join(' or ')} they would not.`,
  };
}

/** Median distance of neighboring dates in days; undefined where one of them is none in this order. Of a single date: 0. */
function typicalPause(dates: readonly WrittenDate[], order: DateOrder): number | undefined {
  const pauses: number[] = [];
  let before: number | undefined;
  for (const date of dates) {
    const day = dayOf(date, order);
    if (day === undefined) return undefined;
    if (before !== undefined) pauses.push(Math.abs(day - before) / DAY);
    before = day;
  }
  pauses.sort((a, b) => a - b);
  return pauses[pauses.length >> 1] ?? 0;
}

/** Midnight UTC in ms, or undefined. */
function dayOf([first, second, third]: WrittenDate, order: DateOrder): number | undefined {
  const [short, month, day] =
    order === 'dmy'
      ? [third, second, first]
      : order === 'mdy'
        ? [third, first, second]
        : [first, second, third];
  // Four digits come last, or where the year is written first.
  if (order === 'ymd' && third > 31) return undefined;
  const year = short >= 100 ? short : short + (short < 70 ? 2000 : 1900);
  const at = Date.UTC(year, month - 1, day);
  const date = new Date(at);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? at : undefined;
}
