import { marketFrictions } from '../backtest/costs.ts';
import { POSITIONS } from '../backtest/policy.ts';
import { stakes } from '../backtest/stake.ts';
import { INDICATOR_CATALOG } from '../features/indicators/index.ts';
import { lowerBound } from '../market/candles.ts';
import type { BatchContext } from './context.ts';
import type { NewestBarJob } from './newest-bar.ts';
import type { StrategyTrace } from './strategy-trace.ts';

/** A bar as a version saw it, what it said at its close, and all that trading on it takes: nothing of it is computed again later. */
export interface RecordedBar {
  /** Opening time, ms UTC. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Market day that it opens on: days since 1970-01-01. */
  readonly day: number;
  /** By the rules that the model was evaluated under. */
  readonly regime: string;
  /** 1, 0, -1; of an agent what it would do if it were flat. */
  readonly signal: number;
  /** Log return over the horizon, and 0..1; null where there is none. */
  readonly forecast: number | null;
  readonly confidence: number | null;
  /** Of one fill at its open, log return. */
  readonly cost: number;
  /** Of being long, and short, from the open of the bar before to its own, log return. */
  readonly swapLong: number;
  readonly swapShort: number;
  /** What a position entered at its open puts at risk, a fraction of the price. */
  readonly stake: number;
  /** Average true range at its close, price units. */
  readonly range: number;
  /** Of an agent: what it would do from short, flat and long, as three digits to the base of 3; null of other models. */
  readonly choices: number | null;
}

/** Bars of a job that open after the time that it says. */
export function recordedBars(
  { recordAfter }: NewestBarJob,
  { candles, regimes, evaluated, spec }: BatchContext,
  { firstRow, forecast, confidence, marketDay, choices }: StrategyTrace,
  signalAt: (row: number) => number,
): RecordedBar[] {
  if (recordAfter === undefined) return [];
  const { time, open, high, low, close, length } = candles;
  const first = Math.max(evaluated.rows.from, lowerBound(time, recordAfter + 1));
  if (first >= length) return [];
  // The night before a bar is that of the bar before it.
  const from = first - 1;
  const frictions = marketFrictions(candles, spec.settings.costs, { from, to: length });
  const risks = stakes(candles, { from: first, to: length });
  const [range] = INDICATOR_CATALOG.atr.compute(candles).outputs;
  return Array.from({ length: length - first }, (_, i): RecordedBar => {
    const row = first + i;
    const lane = row - firstRow;
    return {
      time: time[row]!,
      open: open[row]!,
      high: high[row]!,
      low: low[row]!,
      close: close[row]!,
      day: marketDay[lane]!,
      regime: regimes.names[regimes.labels[row]!]!,
      signal: signalAt(row),
      forecast: known(forecast[lane]!),
      confidence: known(confidence[lane]!),
      cost: frictions.costPerSide[row - from]!,
      swapLong: frictions.swapLong[row - 1 - from]!,
      swapShort: frictions.swapShort[row - 1 - from]!,
      stake: risks[i]!,
      range: range![row]!,
      choices:
        choices === undefined ? null : packed(choices.subarray(POSITIONS * lane, POSITIONS * (lane + 1))),
    };
  });
}

const known = (x: number) => (Number.isFinite(x) ? x : null);

function packed(choices: Int8Array): number {
  return choices.reduce((sum, choice) => 3 * sum + choice + 1, 0);
}

/** The choices of a recorded bar: -1, 0 or 1 from each position. */
export function unpackedChoices(value: number): [number, number, number] {
  return [Math.floor(value / 9) - 1, (Math.floor(value / 3) % 3) - 1, (value % 3) - 1];
}
