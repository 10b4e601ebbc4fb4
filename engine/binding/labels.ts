import { type Candles, candlesWithin } from '../market/candles.ts';
import type { StoredView } from '../market/series/views.ts';
import { type EvaluationTimes, evaluationEnd, rowsWithin } from '../pipeline/windows.ts';
import { type RegimeDefinition, regimesDigest } from '../regimes/definition.ts';
import { labelDigests } from '../regimes/label-digests.ts';
import { compileRegimes } from '../regimes/labeler.ts';

/** Of series that are in memory: a form asks with every stroke, and minutes of months take a second. */
const labeled = new WeakMap<Candles, Map<string, Record<string, string>>>();

/**
 * Digests of what each regime labels in evaluated windows, as a cell sees it: of the bars that signals come from, the one before
 * the first window included. Worked out once for each view, since thousands of cells have the same.
 */
export function createLabels(
  regimes: readonly RegimeDefinition[],
): (series: Candles, view: StoredView, evaluation: EvaluationTimes) => Record<string, string> {
  const compiled = compileRegimes(regimes);
  const rules = regimesDigest(regimes);
  return (series, view, evaluation) => {
    const range = { from: evaluation.start, to: evaluationEnd(evaluation) };
    const key = `${rules} ${view.digest} ${range.from}`;
    const known = labeled.get(series) ?? new Map<string, Record<string, string>>();
    labeled.set(series, known);
    let labels = known.get(key);
    if (labels === undefined) {
      const candles = candlesWithin(series, { from: Date.parse(view.first), to: range.to });
      const { from, to } = rowsWithin(candles, range);
      labels = labelDigests(candles, compiled, Math.max(0, from - 1), Math.max(from, to - 1));
      known.set(key, labels);
    }
    return labels;
  };
}
