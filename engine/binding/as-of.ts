import type { Config } from '../config/schema.ts';
import { EngineError } from '../contract/errors.ts';
import { TIMEFRAMES, type Timeframe, timeframeMs } from '../contract/timeframe.ts';
import { timeText } from '../market/time/time-text.ts';
import { dateClose, dayClose, type Session, weekClose } from '../market/time/trading-week.ts';
import type { SeriesTable } from '../store/schema.ts';
import { sessionOf } from '../store/series.ts';

/** How far a symbol's candles reach. */
export interface SymbolClock {
  /** When the newest bar of all its stored series closes, ms UTC. */
  readonly newest: number;
  /** The series which has that bar. */
  readonly newestSeries: Timeframe;
  readonly session: Session;
}

/** What is known of a symbol from its stored series; undefined where there is none. */
export function symbolClock(series: readonly SeriesTable[], symbol: string): SymbolClock | undefined {
  let newest: SeriesTable | undefined;
  let shortest: SeriesTable | undefined;
  for (const row of series) {
    if (row.symbol !== symbol) continue;
    if (newest === undefined || closeOf(row) > closeOf(newest)) newest = row;
    if (shortest === undefined || rank(row) < rank(shortest)) shortest = row;
  }
  if (newest === undefined || shortest === undefined) return undefined;
  // Most bars, most evidence of when the market trades.
  return { newest: closeOf(newest), newestSeries: newest.timeframe, session: sessionOf(shortest) };
}

/**
 * The time that a symbol's windows are counted back from, the same for all its timeframes, ms UTC (`evaluation.as_of`):
 * a close at or before its newest bar, so that more bars of the same week (or day) move nothing.
 * @throws EngineError `conflict` for a date that the symbol's candles do not reach
 */
export function asOf(symbol: string, clock: SymbolClock, rule: Config['evaluation']['as_of']): number {
  const { newest, newestSeries, session } = clock;
  if (rule === 'week') return weekClose(newest, session);
  if (rule === 'day') return dayClose(newest, session);
  if (rule === 'bar') return newest;
  const close = dateClose(rule, session);
  if (close <= newest) return close;
  throw new EngineError(
    'conflict',
    `evaluation.as_of is ${rule}, a day that closes on ${timeText(close)}, but the newest candle of ${symbol} (${newestSeries}) closes on ${timeText(newest)}. Choose an earlier date, or import newer candles.`,
    { remedy: 'import-candles' },
  );
}

function closeOf(row: SeriesTable): number {
  return row.last_time + timeframeMs(row.timeframe);
}

function rank(row: SeriesTable): number {
  return TIMEFRAMES.indexOf(row.timeframe);
}
