import type { SimulationMarket } from '../backtest/simulator.ts';
import type { TakeProfitFigures } from '../pipeline/job.ts';
import type { StrategyTrace } from '../pipeline/strategy-trace.ts';
import { TAKE_PROFIT, wayOf } from '../targets/trade-exits.ts';

/** Which trades there are to be had in a test window. */
export interface Entries {
  readonly exits: NonNullable<SimulationMarket['exits']>;
  /** Row of the candles that lane 0 of the exits stands for. */
  readonly firstLane: number;
  /** Per row, 1 where the model has a say; every row where left out. */
  readonly scope?: Uint8Array;
}

/**
 * How many of a window's trades reached their take-profit, beside what entering on every bar, long and short, gets there: trades that
 * end within the window, decided on bars where the model has a say.
 */
export function takeProfitFigures(
  { trades, firstRow, forecast }: Pick<StrategyTrace, 'trades' | 'firstRow' | 'forecast'>,
  { exits, firstLane, scope }: Entries,
): TakeProfitFigures {
  const from = firstRow - firstLane;
  const to = from + forecast.length;
  let all = 0;
  let reached = 0;
  for (let entry = from + 1; entry < to; entry++) {
    if (scope?.[firstLane + entry - 1] === 0) continue;
    for (const { exit, how } of [exits.long, exits.short]) {
      if (exit[entry]! < 0 || exit[entry]! >= to) continue;
      all++;
      if (wayOf(how[entry]!) === TAKE_PROFIT) reached++;
    }
  }
  return {
    trades: trades.length,
    reached: trades.filter(({ reason }) => reason === 'target').length,
    base: all === 0 ? null : reached / all,
  };
}
