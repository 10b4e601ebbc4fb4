import { type ClassificationFigures, figuresOfClasses } from '../statistics/classification.ts';
import { type CalibrationBin, calibrationCurve } from '../statistics/probability-scores.ts';
import { predictSurvival, rowsOfADate, type SurvivalModel } from './model.ts';
import { type PickFigures, pickFigures } from './picks.ts';
import { type SurvivalRow, survived } from './rows.ts';

/** How a model does on rows that were decided after all that it knows had ended. */
export interface SurvivalJudgement {
  /** Class 1: it made money. It is said above the base rate of the rows that were learned from. */
  readonly classes: ClassificationFigures;
  readonly calibration: readonly CalibrationBin[];
  readonly picks: readonly PickFigures[];
}

/** `test`: in order, see `inOrder`. */
export function judgeSurvival(model: SurvivalModel, test: readonly SurvivalRow[]): SurvivalJudgement {
  const probabilities = predictSurvival(model, test);
  const actual = Uint8Array.from(test, (row) => (survived(row) ? 1 : 0));
  return {
    classes: figuresOfClasses({
      actual,
      predicted: Uint8Array.from(probabilities, (p) => (p > model.baseRate ? 1 : 0)),
      ranking: probabilities,
      probabilities,
      // Rows of a date stand together and share their fate, as labels that overlap do.
      horizon: rowsOfADate(test),
    }),
    calibration: calibrationCurve(probabilities, actual),
    picks: pickFigures(
      test.map((row, i) => ({ row, probability: probabilities[i]! })),
      model.payoff,
    ),
  };
}
