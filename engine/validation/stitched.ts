import { measureTrades } from '../backtest/measure.ts';
import { METRIC_INDEX, METRICS, type MetricName } from '../backtest/metrics.ts';
import { TradeList } from '../backtest/trade-list.ts';
import type { TestedWindow } from '../pipeline/job.ts';
import { testOfMean } from '../statistics/long-run-variance.ts';

/** Test windows as one out-of-sample curve. */
export interface StitchedCurve {
  readonly bars: number;
  /** METRICS of the whole curve; null as METRICS has NaN. */
  readonly figures: Readonly<Record<MetricName, number | null>>;
  /** Mean of the net day sums over its error (`testOfMean`), and one-sided p; null without two days that differ. */
  readonly t: number | null;
  readonly p: number | null;
  /** Market days, ascending, and the net log returns summed by them. */
  readonly days: Int32Array;
  readonly daySums: Float64Array;
}

/**
 * Test windows one after the other, as if traded through: figures over all of their bars. Windows begin and end flat, so no
 * trade is cut. Windows may leave gaps, which do not count as bars.
 *
 * @param windows in the order of time
 * @param barsPerYear of the market before the end of the last window
 */
export function stitch(windows: readonly TestedWindow[], barsPerYear: number): StitchedCurve {
  const bars = windows.reduce((sum, { netReturn }) => sum + netReturn.length, 0);
  const netReturn = new Float64Array(bars);
  const stake = new Float64Array(bars);
  const trades = new TradeList(bars);
  const days: number[] = [];
  const sums: number[] = [];
  let start = 0;
  for (const window of windows) {
    netReturn.set(window.netReturn, start);
    for (const trade of window.trades) {
      const k = trades.count++;
      trades.entry[k] = start + trade.entry;
      trades.exit[k] = start + trade.exit;
      trades.direction[k] = trade.direction;
      stake[start + trade.entry] = trade.stake;
    }
    window.marketDay.forEach((day, i) => {
      if (days.at(-1) !== day) {
        days.push(day);
        sums.push(0);
      }
      sums[sums.length - 1]! += window.netReturn[i]!;
    });
    start += window.netReturn.length;
  }
  // Net returns are a market that has taken its costs already, and pays the same in both directions.
  const market = {
    long: netReturn,
    short: netReturn,
    costPerSide: new Float64Array(bars),
    stake,
    regimeAtOpen: new Uint8Array(bars),
  };
  const row = new Float64Array(METRICS.length);
  measureTrades(trades, market, { bars, barsPerYear }, row, 0);
  const daySums = Float64Array.from(sums);
  const test = testOfMean(daySums);
  return {
    bars,
    figures: namedFigures(row),
    t: test?.t ?? null,
    p: test?.p ?? null,
    days: Int32Array.from(days),
    daySums,
  };
}

/** METRICS by name. */
export function namedFigures(row: Float64Array): Record<MetricName, number | null> {
  return Object.fromEntries(
    METRICS.map((name) => {
      const value = row[METRIC_INDEX[name]]!;
      return [name, Number.isNaN(value) ? null : value];
    }),
  ) as Record<MetricName, number | null>;
}
