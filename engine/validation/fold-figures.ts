import type { StrategyTrace } from '../pipeline/evaluation.ts';
import type { ForecastFigures } from '../pipeline/job.ts';
import { classificationFigures } from '../statistics/classification.ts';
import { rankCorrelationError } from '../statistics/overlap-error.ts';
import { rankCorrelation } from '../statistics/ranks.ts';

/** What a window's forecasts are held against. */
export interface Outcomes {
  /** Per row of the candles: what came, log return; NaN where that is not known. */
  readonly labels: Float64Array;
  readonly horizon: number;
  /** Per row, 1 where the model has a say: of a regime's champion the bars of that regime. Every row where left out. */
  readonly scope?: Uint8Array;
}

/**
 * The forecasts of a test window beside what came. A label that reaches beyond the window is left out, as is every trade that
 * would: the next window may be trained on what is known there.
 */
export function forecastFigures(
  { forecast, firstRow }: Pick<StrategyTrace, 'forecast' | 'firstRow'>,
  { labels, horizon, scope }: Outcomes,
): ForecastFigures {
  const scores: number[] = [];
  const came: number[] = [];
  for (let i = 0; i < forecast.length - 1 - horizon; i++) {
    const row = firstRow + i;
    const label = labels[row]!;
    if (Number.isNaN(forecast[i]!) || Number.isNaN(label) || scope?.[row] === 0) continue;
    scores.push(forecast[i]!);
    came.push(label);
  }
  const score = Float64Array.from(scores);
  const label = Float64Array.from(came);
  const actual = Uint8Array.from(label, (y) => (y > 0 ? 1 : 0));
  return {
    classes: classificationFigures({ actual, scores: score, cut: 0, horizon, probabilities: false }),
    spearman: score.length < 2 ? null : rankCorrelation(score, label),
    spearmanError: rankCorrelationError(score, label, horizon),
  };
}
