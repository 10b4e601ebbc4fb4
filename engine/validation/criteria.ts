import type { CriteriaMetric, CriteriaPreset, CriterionResult } from '../contract/criteria.ts';
import type { AveragedFigures } from './fold-average.ts';
import type { StitchedCurve } from './stitched.ts';

/** One thing that is asked of a validation. */
export type Criterion = Pick<CriterionResult, 'metric' | 'errors' | 'bound' | 'threshold'>;

/** What of a validation is judged: its rolling folds. */
export interface JudgedValidation {
  readonly average: AveragedFigures;
  readonly stitched: Pick<StitchedCurve, 'figures'>;
  readonly failedFolds: number;
}

/** Values that a symbol's figures should reach, and, where there are two, how far they usually come. */
export type Targets = Readonly<Partial<Record<CriteriaMetric, number | readonly [number, number]>>>;

function least(metric: CriteriaMetric, threshold: number): Criterion {
  return { metric, errors: 0, bound: 'least', threshold };
}

/** Clear of a threshold by so many standard errors. */
function clear(metric: CriteriaMetric, errors: number, threshold: number): Criterion {
  return { metric, errors, bound: 'above', threshold };
}

/**
 * What a constant can't pass: always saying the larger class reaches any accuracy that the classes' shares allow, and always
 * saying class 1 a recall of 1; both have a balanced accuracy and an area under the curve of one half.
 */
const BETTER_THAN_A_CONSTANT = [clear('balanced_accuracy', 2, 0.5), clear('roc_auc', 2, 0.5)];
const PAYS = clear('sharpe', 1, 0);
const NO_FAILED_FOLD: Criterion = { metric: 'failed_folds', errors: 0, bound: 'most', threshold: 0 };

const PRESETS: Readonly<Record<CriteriaPreset, readonly Criterion[]>> = {
  quick: [
    least('recall', 0.35),
    least('accuracy', 0.6),
    least('roc_auc', 0.61),
    least('f1', 0.45),
    ...BETTER_THAN_A_CONSTANT,
  ],
  promotion: [
    least('accuracy', 0.6),
    least('precision', 0.55),
    least('recall', 0.5),
    least('f1', 0.52),
    ...BETTER_THAN_A_CONSTANT,
  ],
  two_errors: [...BETTER_THAN_A_CONSTANT, PAYS],
  ranks: [
    least('spearman', 0.03),
    clear('spearman', 2, 0),
    PAYS,
    { metric: 'max_drawdown', errors: 0, bound: 'most', threshold: 0.2 },
    least('trades', 30),
  ],
};

/** Less is better. */
const TO_STAY_UNDER: readonly CriteriaMetric[] = ['max_drawdown', 'failed_folds'];

/**
 * The criteria of a preset, with a symbol's own targets in place of its thresholds; a target that the preset does not ask for is
 * asked for as well. No fold may fail, whatever else is asked.
 */
export function criteriaOf(preset: CriteriaPreset, targets: Targets = {}): Criterion[] {
  const asked = new Map(
    Object.entries(targets).map(([metric, value]) => [
      metric as CriteriaMetric,
      typeof value === 'number' ? value : value[0],
    ]),
  );
  const isPlain = ({ errors }: Criterion) => errors === 0;
  const kept = PRESETS[preset].map((criterion) => {
    const threshold = isPlain(criterion) ? asked.get(criterion.metric) : undefined;
    return threshold === undefined ? criterion : { ...criterion, threshold };
  });
  const more = [...asked]
    .filter(([metric]) => !kept.some((criterion) => isPlain(criterion) && criterion.metric === metric))
    .filter(([metric]) => metric !== NO_FAILED_FOLD.metric)
    .map(
      ([metric, threshold]): Criterion => ({
        metric,
        errors: 0,
        bound: TO_STAY_UNDER.includes(metric) ? 'most' : 'least',
        threshold,
      }),
    );
  return [...kept, ...more, NO_FAILED_FOLD];
}

/**
 * Holds a validation to criteria. Figures of forecasts are the means over its rolling folds; those of trading (Sharpe, drawdown,
 * trades) are the stitched curve's, which is what would have been earned.
 */
export function judge(criteria: readonly Criterion[], validation: JudgedValidation): CriterionResult[] {
  return criteria.map((criterion): CriterionResult => {
    const { metric, errors, bound, threshold } = criterion;
    const { value, error, base } = figureOf(metric, validation);
    const compared = value === null || (errors > 0 && error === null) ? null : value - errors * (error ?? 0);
    const ahead = compared === null ? null : bound === 'most' ? threshold - compared : compared - threshold;
    return {
      ...criterion,
      value: compared,
      baseRate: base,
      met: ahead !== null && (bound === 'above' ? ahead > 0 : ahead >= 0),
      distance: ahead,
    };
  });
}

/** Whether a figure is one of what was earned: several models that trade in turn have no others. */
export function isOfTrading(metric: CriteriaMetric): boolean {
  return OF_TRADING.includes(metric);
}

const OF_TRADING: readonly CriteriaMetric[] = [
  'sharpe',
  'win_rate',
  'max_drawdown',
  'trades',
  'failed_folds',
];

const NOTHING = { value: null, error: null, base: null };

function figureOf(
  metric: CriteriaMetric,
  { average, stitched: { figures }, failedFolds }: JudgedValidation,
): { value: number | null; error: number | null; base: number | null } {
  switch (metric) {
    case 'failed_folds':
      return { ...NOTHING, value: failedFolds };
    case 'sharpe':
      return { ...NOTHING, value: figures.sharpe, error: figures.sharpeError };
    case 'max_drawdown':
      return { ...NOTHING, value: figures.maxDrawdown };
    case 'trades':
      return { ...NOTHING, value: figures.trades };
    default:
      return average[metric] ?? NOTHING;
  }
}
