import type { Candles } from '../market/candles.ts';
import { type CellWindows, type EvaluationTimes, rowsWithin } from '../pipeline/windows.ts';
import type { FoldRules } from './fold-rules.ts';
import type { Fold } from './folds.ts';

const DAY_MS = 86_400_000;
/** A lead-in takes at most this part of the training window. */
const LEAD_IN_SHARE = 1 / 4;

/** A model of a plan: one training, and where it is tested. */
export interface FoldCell {
  /** Position of its rolling fold. */
  readonly fold: number;
  /** What all of it is computed as of, ms UTC: the begin of its test. */
  readonly asOf: number;
  readonly windows: CellWindows;
}

/** Name of an evaluated window: that of a fold, by its position in the list. */
export function testWindowName(fold: number): string {
  return `fold ${fold}`;
}

/**
 * The models of a plan's folds, each once: an aging fold is a further window of the model that it is about.
 *
 * In `quick` and `full` the last bars before a test, as many as rolling values look back on and at most a quarter of the training
 * window, are its lead-in: predicted, not traded, and like the bars after them not trained on. In `own` the selection window does
 * that, and is evaluated as in the grid.
 *
 * @param candles of the market, as far as they go
 * @param leadInBars max(W, 20), W the longest lookback of the strategies
 */
export function foldCells(
  folds: readonly Fold[],
  rules: FoldRules,
  candles: Candles,
  leadInBars: number,
): FoldCell[] {
  return folds
    .filter(({ kind }) => kind === 'rolling')
    .map((fold): FoldCell => {
      const { training, test } = fold;
      const tests = folds
        .filter(({ model }) => model === fold.index)
        .map((tested) => ({ name: testWindowName(tested.index), ...tested.test }));
      const asOf = test.from;
      if (rules.selectionDays > 0) {
        const selection = { from: asOf - rules.selectionDays * DAY_MS, to: asOf };
        const evaluation: EvaluationTimes = {
          start: selection.from,
          windows: [{ name: 'selection', ...selection }, ...tests],
        };
        return { fold: fold.index, asOf, windows: { training, evaluation } };
      }
      const rows = rowsWithin(candles, training);
      const leadIn = Math.min(leadInBars, Math.floor((rows.to - rows.from) * LEAD_IN_SHARE));
      // A bar belongs to what follows its opening.
      const start = leadIn === 0 ? asOf : candles.time[rows.to - leadIn]!;
      return {
        fold: fold.index,
        asOf,
        windows: { training: { from: training.from, to: start }, evaluation: { start, windows: tests } },
      };
    });
}
