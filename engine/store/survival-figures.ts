import type { SurvivalModelDto } from '../contract/dto/index.ts';
import type { SurvivalOptions } from '../contract/survival.ts';
import type { ClassificationFigures } from '../statistics/classification.ts';
import type { CalibrationBin } from '../statistics/probability-scores.ts';

/** What the columns `figures` and `options` of `survival_models` hold, as JSON. */

/** How a model was judged. */
export interface StoredSurvivalFigures {
  /** Rows of each part, and when the first test row was decided and the last one's window had closed, ms UTC. */
  readonly parts: {
    readonly training: number;
    readonly validation: number;
    readonly test: number;
    readonly purged: number;
    readonly testFrom: number;
    readonly testTo: number;
  };
  readonly judgement: {
    readonly classes: ClassificationFigures;
    readonly calibration: readonly CalibrationBin[];
    readonly picks: SurvivalModelDto['picks'];
  };
  readonly baseRate: number;
  readonly breakEven: number;
  readonly trials: number;
  readonly validationAuc: number | null;
  /** Rows that were left out for their composite score. */
  readonly weak: number;
  readonly folds: number;
}

/** What was asked, and the hyper-parameters that were found. */
export interface StoredSurvivalOptions {
  readonly options: SurvivalOptions;
  readonly tuned: Readonly<Record<string, number>>;
}
