import type { ForecastFigures, SideFigures } from '../pipeline/job.ts';
import type { StrategyTrace } from '../pipeline/strategy-trace.ts';
import { classificationFigures } from '../statistics/classification.ts';
import { rankCorrelationError } from '../statistics/overlap-error.ts';
import { rankCorrelation } from '../statistics/ranks.ts';
import type { TargetSide } from '../targets/target.ts';

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

/** What the forecasts of a target with two models are held against. */
export interface TradeResults extends Pick<Outcomes, 'horizon' | 'scope'> {
  readonly sides: readonly Pick<TargetSide, 'labels' | 'outcomes'>[];
  /** Log return of one average true range, per row. */
  readonly unit: Float64Array;
  /** Whether labels are classes; else class 1 is a net result above 0. */
  readonly areClasses: boolean;
  /** Per side, the expected result, in units, above which class 1 is said. */
  readonly cuts: readonly number[];
}

/**
 * The forecasts that a LONG and a SHORT model make of their own trades beside what those came to, both in units, so that a volatile bar
 * is no forecast. They are judged apart: what stands for both is the weaker one, by the area under the ROC curve where they say
 * classes, else by rank correlation.
 */
export function tradeFigures(
  { sides: said, firstRow }: Pick<StrategyTrace, 'sides' | 'firstRow'>,
  { sides, unit, areClasses, cuts, horizon, scope }: TradeResults,
): ForecastFigures {
  const figuresOf = (forecast: Float64Array, s: number): SideFigures => {
    const { labels, outcomes } = sides[s]!;
    const scores: number[] = [];
    const results: number[] = [];
    const actual: number[] = [];
    for (let i = 0; i < forecast.length - 1 - horizon; i++) {
      const row = firstRow + i;
      const counts = scope?.[row] !== 0 && unit[row]! > 0;
      if (!counts || Number.isNaN(forecast[i]!) || Number.isNaN(outcomes[row]!)) continue;
      scores.push(forecast[i]! / unit[row]!);
      results.push(outcomes[row]! / unit[row]!);
      actual.push(areClasses ? labels[row]! : +(outcomes[row]! > 0));
    }
    const score = Float64Array.from(scores);
    const result = Float64Array.from(results);
    return {
      classes: classificationFigures({
        actual: Uint8Array.from(actual),
        scores: score,
        cut: cuts[s]!,
        horizon,
        probabilities: false,
      }),
      spearman: score.length < 2 ? null : rankCorrelation(score, result),
      spearmanError: rankCorrelationError(score, result, horizon),
    };
  };
  const long = figuresOf(said!.long, 0);
  const short = figuresOf(said!.short, 1);
  const strength = ({ classes, spearman }: SideFigures) =>
    (areClasses ? classes.rocAuc : spearman) ?? Number.NEGATIVE_INFINITY;
  return { ...(strength(long) <= strength(short) ? long : short), sides: { long, short } };
}
