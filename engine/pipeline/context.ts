import { UNCLASSIFIED } from '../contract/words.ts';
import { type BuiltFeatures, buildFeatures } from '../features/build.ts';
import type { FeatureRollout } from '../features/matrix.ts';
import { warmupBars } from '../features/warmup.ts';
import { type Strategy, strategyGrid } from '../inference/strategy-grid.ts';
import { nextBarTime } from '../market/calendar.ts';
import { type Candles, sliceCandles } from '../market/candles.ts';
import { compileRegimes, labelBars } from '../regimes/labeler.ts';
import { returnLabels } from '../targets/return-label.ts';
import { Evaluator } from './evaluation.ts';
import { prepareSpan, type RegimeLabels } from './evaluation-span.ts';
import type { ContextSpec, LoadedContext } from './job.ts';
import { type EvaluationWindows, evaluationWindows, viewStart } from './windows.ts';

/** What all cells of one feature matrix share, computed once. Rows are rows of `candles`, a view on the series' end. */
export interface BatchContext {
  readonly spec: ContextSpec;
  readonly candles: Candles;
  readonly features: BuiltFeatures;
  readonly windows: EvaluationWindows;
  readonly strategies: readonly Strategy[];
  readonly evaluator: Evaluator;
  /** Over the lanes of the evaluation span. */
  readonly rollout: FeatureRollout;
  /** The same array for the same horizon. */
  labels(horizon: number): Float64Array;
}

export function createContext({ spec, candles: series, higher }: LoadedContext): BatchContext {
  const { encoder, indicatorTimeframes, settings } = spec;
  const { timeframe } = series;
  const warmup = warmupBars(encoder, indicatorTimeframes, timeframe).get(timeframe)!;
  const start = viewStart(series, settings.windows, spec.tier, warmup);
  const candles = sliceCandles(series, start, series.length);
  const windows = evaluationWindows(candles, settings.windows);
  const { selection, holdout } = windows;

  const features = buildFeatures({
    candles,
    encoder,
    indicatorTimeframes,
    higher: new Map(higher.map((c) => [c.timeframe, c])),
    fitEnd: selection.from,
  });
  const strategies = strategyGrid(settings.strategies);
  const span = prepareSpan({
    candles,
    selection,
    holdout,
    costs: settings.costs,
    regimes: labelSpan(spec, candles, windows),
    lookbackWindows: settings.strategies.lookbackWindows,
  });
  const labels = new Map<number, Float64Array>();
  return {
    spec,
    candles,
    features,
    windows,
    strategies,
    evaluator: new Evaluator(span, settings.members),
    rollout: features.createRollout({ first: span.rows.from, count: span.lanes }, (time) =>
      nextBarTime(time, timeframe),
    ),
    labels(horizon) {
      let known = labels.get(horizon);
      if (known === undefined) {
        known = returnLabels(candles, horizon);
        labels.set(horizon, known);
      }
      return known;
    },
  };
}

/** Regimes of the evaluation span, and of the bar before it, at whose close the first signal could have been given. */
function labelSpan(spec: ContextSpec, candles: Candles, windows: EvaluationWindows): RegimeLabels {
  const compiled = compileRegimes(spec.settings.regimes);
  const from = windows.selection.from - 1;
  const labels = new Uint8Array(candles.length).fill(compiled.length);
  labels.set(labelBars(candles, compiled, from, candles.length), from);
  return { names: [...compiled.map((r) => r.name), UNCLASSIFIED], labels };
}
