import { EngineError, type Problem } from '../contract/errors.ts';
import { FOLD_DEFAULTS, type FoldOptions, type ValidationScheme } from '../contract/validation.ts';

/** Longest stretch of days that anything is asked for: no market's history is longer. */
const MOST_DAYS = 36_500;

/** How a model's folds lie: every length is known. */
export interface FoldRules {
  readonly scheme: ValidationScheme;
  readonly testPeriodDays: number;
  /**
   * Calendar days of training: of each fold, or of the first one where the window expands. In `own` it is the configuration's
   * `days_history`.
   */
  readonly trainDays: number;
  readonly expandingWindow: boolean;
  /** Calendar days between training and test that strategies are chosen on: the selection window in `own`, else none. */
  readonly selectionDays: number;
  /** The newest so many rolling folds; null: all. */
  readonly folds: number | null;
}

/** The windows that a configuration has in the grid. */
export interface OwnWindows {
  readonly daysHistory: number;
  readonly selectionDays: number;
}

/**
 * What is asked for, with the scheme's defaults.
 * @throws EngineError `invalid-input` with every option that can't be: lengths that are no whole days, and in `own` those which
 * the configuration answers itself
 */
export function foldRules(options: FoldOptions, own: OwnWindows): FoldRules {
  const { scheme } = options;
  const defaults = FOLD_DEFAULTS[scheme];
  const problems: Problem[] = [];
  const whole = (path: string, value: number | null | undefined, most: number) => {
    if (value === undefined || value === null) return;
    if (Number.isInteger(value) && value >= 1 && value <= most) return;
    problems.push({ path, message: `Expected a whole number from 1 to ${most}, found ${value}.` });
  };
  whole('test_period_days', options.testPeriodDays, MOST_DAYS);
  whole('min_train_days', options.minTrainDays, MOST_DAYS);
  whole('folds', options.folds, 10_000);
  if (scheme === 'own') {
    const answer = `"own" trains each fold as the configuration says: ${own.daysHistory} days (days_history), a window that moves along.`;
    if (options.minTrainDays !== undefined) {
      problems.push({ path: 'min_train_days', message: `${answer} Leave it out, or choose "full".` });
    }
    if (options.expandingWindow === true) {
      problems.push({
        path: 'use_expanding_window',
        message: `${answer} A window of a fixed length can't expand: leave it out, or choose "full".`,
      });
    }
  }
  if (problems.length > 0) {
    const [first] = problems as [Problem];
    throw new EngineError('invalid-input', `${first.path}: ${first.message}`, { problems });
  }
  return {
    scheme,
    testPeriodDays: options.testPeriodDays ?? defaults.testPeriodDays,
    trainDays:
      defaults.minTrainDays === null ? own.daysHistory : (options.minTrainDays ?? defaults.minTrainDays),
    expandingWindow: options.expandingWindow ?? defaults.expandingWindow,
    selectionDays: scheme === 'own' ? own.selectionDays : 0,
    folds: options.folds ?? defaults.folds,
  };
}
