import { grouped } from '../../contract/counted.ts';
import { EngineError } from '../../contract/errors.ts';
import { TIMEFRAME_MINUTES, type Timeframe } from '../../contract/timeframe.ts';
import type { BarCollector } from './formats/bar-collector.ts';
import type { TickColumns } from './formats/format.ts';

/** Longer bars depend on where a day begins, and are made of shorter ones where they are asked for. */
const LONGEST: Timeframe = 'H1';

/**
 * How long the bars are that ticks become: what is asked for, M1 where a file is only looked at.
 *
 * @throws EngineError `invalid-input` for a timeframe above H1
 */
export function tickTimeframe(
  file: string,
  ticks: TickColumns | undefined,
  asked: Timeframe | undefined,
): Timeframe {
  const timeframe = asked ?? 'M1';
  if (ticks === undefined || TIMEFRAME_MINUTES[timeframe] <= TIMEFRAME_MINUTES[LONGEST]) return timeframe;
  throw new EngineError(
    'invalid-input',
    `${file} holds ticks, of which bars of M1 to ${LONGEST} are made. ${timeframe} is made from those wherever it is asked for, with days as market.day_start has them.`,
    { file },
  );
}

/**
 * What the user should know of bars that were made of ticks.
 *
 * @throws EngineError `data-invalid` where the ticks fill no bar
 */
export function notesOnTicks(
  file: string,
  { bid, amount }: TickColumns,
  { ticks, length }: BarCollector,
  leftOut: readonly number[],
): string[] {
  const times = leftOut.map((time) => new Date(time).toISOString().slice(0, 16).replace('T', ' '));
  if (ticks > 0 && length === 0) {
    throw new EngineError(
      'data-invalid',
      `${file} holds ${grouped(ticks)} ticks, and not all of a single bar. Take a shorter timeframe.`,
      {
        file,
      },
    );
  }
  const made =
    bid !== undefined
      ? "prices are those of the bid, volume is the number of ticks, the spread is the mean of a bar's quotes"
      : `prices are those of trades, volume is ${amount === undefined ? 'their number' : 'the sum of what was traded'}`;
  const notes = [`Bars were made of ${grouped(ticks)} ticks: ${made}.`];
  if (times.length > 0) {
    notes.push(
      `${times.join(' and ')}: left out, since the ticks do not reach to both ends of ${times.length === 1 ? 'this bar' : 'these bars'}.`,
    );
  }
  return notes;
}
