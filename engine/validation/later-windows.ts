import { EngineError } from '../contract/errors.ts';
import { timeframeMs } from '../contract/timeframe.ts';
import { type Candles, lowerBound } from '../market/candles.ts';
import { dayText } from '../market/time/time-text.ts';
import { type EvaluationTimes, rowsWithin, type TimeRange } from '../pipeline/windows.ts';
import type { ScoredWindow } from '../store/scored-windows.ts';
import { settledBefore } from './counted.ts';
import { testWindowName } from './fold-windows.ts';

const DAY_MS = 86_400_000;

export interface LaterWindowsInput {
  readonly candles: Candles;
  /** Where all tests end: the begin of the holdout, ms UTC. */
  readonly end: number;
  /** Selection windows that cells of the market were scored on. */
  readonly scored: readonly ScoredWindow[];
  /** The day of the last bar that the model learned from, `2025-06-30`, UTC. */
  readonly trainedUntil: string;
  readonly horizon: number;
  /** Bars that rolling values look back on. */
  readonly leadInBars: number;
  readonly testDays: number;
}

/** Where a model is tested that was trained elsewhere. */
export interface LaterWindows {
  /** In order, each of whole length; on none of them models were chosen. */
  readonly tests: readonly TimeRange[];
  readonly evaluation: EvaluationTimes;
  /** Calendar days that the last one ends before the holdout begins. */
  readonly movedDays: number;
}

/**
 * Test windows on bars that a model can't have learned from. The first bar after its last day that no label of its training reaches into
 * begins a lead-in, which is predicted and not traded; from there to the holdout, each stretch that no selection window of this market
 * overlaps is cut into windows, counted back from its end.
 * @throws EngineError `conflict` where not one fits
 */
export function laterWindows(input: LaterWindowsInput): LaterWindows {
  const { candles, end, horizon, leadInBars, testDays } = input;
  const learned = lowerBound(candles.time, Date.parse(input.trainedUntil) + DAY_MS);
  // The label of row learned - 1 reaches the open of row learned + horizon.
  const start = candles.time[learned + horizon + 1];
  const first = candles.time[learned + horizon + 1 + leadInBars];
  const free = first === undefined ? [] : freeStretches({ ...input, from: first });
  const test = testDays * DAY_MS;
  const tests = free.flatMap((stretch): TimeRange[] => {
    const count = Math.floor((stretch.to - stretch.from) / test);
    return Array.from({ length: count }, (_, k) => {
      const from = stretch.to - (count - k) * test;
      return { from, to: from + test };
    }).filter((range) => hasTrades(candles, range, horizon));
  });
  if (start === undefined || tests.length === 0) throw tooFew(input, first ?? Number.POSITIVE_INFINITY, free);
  return {
    tests,
    evaluation: {
      start,
      windows: tests.map((range, index) => ({ name: testWindowName(index), ...range })),
    },
    movedDays: Math.max(0, Math.round((end - tests.at(-1)!.to) / DAY_MS)),
  };
}

/** Stretches up to the end that end before outcomes reach into a window that models were chosen on, and begin after it. */
function freeStretches({
  candles,
  scored,
  horizon,
  end,
  from,
}: LaterWindowsInput & { readonly from: number }): TimeRange[] {
  const stretches: TimeRange[] = [];
  let begin = from;
  for (const window of scored.toSorted((a, b) => a.from - b.from)) {
    if (window.to <= begin) continue;
    stretches.push({ from: begin, to: Math.min(end, settledBefore(candles, window.from, horizon)) });
    begin = window.to;
  }
  stretches.push({ from: begin, to: end });
  return stretches.filter((range) => range.to > range.from);
}

function hasTrades(candles: Candles, range: TimeRange, horizon: number): boolean {
  const { from, to } = rowsWithin(candles, range);
  return to - from >= horizon + 2;
}

function tooFew(input: LaterWindowsInput, first: number, free: readonly TimeRange[]): EngineError {
  const { candles, end, trainedUntil, testDays, horizon, leadInBars } = input;
  const series = `${candles.symbol} ${candles.timeframe}`;
  const days = ({ from, to }: TimeRange) => Math.floor((to - from) / DAY_MS);
  const after = first < end ? days({ from: first, to: end }) : 0;
  const last = candles.time.at(-1)! + timeframeMs(candles.timeframe);
  const gap = `${1 + horizon} bars that labels reach over and ${leadInBars} that rolling values look back on`;
  const found =
    after === 0
      ? `no bar of ${series} is left`
      : `${after} days of ${series} are left, from ${dayText(first)}`;
  const chosen =
    after < testDays
      ? ''
      : ` Models were chosen on parts of them, and between those parts no more than ${Math.max(0, ...free.map(days))} days lie in one piece.`;
  return new EngineError(
    'conflict',
    `A model that learned until ${trainedUntil} is judged on later bars only, in windows of ${testDays} days: after ${gap}, and before the holdout begins on ${dayText(end)}, ${found}.${chosen} Train it on bars that end earlier, or import newer candles than ${dayText(last)} and ask again.`,
  );
}
