import type { SurvivalModelType, SurvivalOptions } from '../survival.ts';
import type { CalibrationBinDto, LeftOutClassesDto } from './runs.ts';

/** What a stake on contenders comes to that are picked by one rule; null where there are none. */
export interface SurvivalPickDto {
  /** `survival`: the likeliest of each place, nobody where it is below what breaks even; `likeliest`: always; `sharpe`: by selection Sharpe; `random`: the mean of all. */
  readonly rule: 'survival' | 'likeliest' | 'sharpe' | 'random';
  readonly places: number;
  readonly picks: number;
  readonly hitRate: number | null;
  readonly hitRateError: number | null;
  /** Flat stake: mean result of a unit of risk. */
  readonly roi: number | null;
  readonly roiError: number | null;
  /** Half Kelly: result over what was staked, mean stake as a fraction of the capital, and ln of what the capital grows to. */
  readonly kellyRoi: number | null;
  readonly kellyStake: number | null;
  readonly kellyGrowth: number | null;
}

/** How likely a champion makes money in the window that follows, and what is so of all contenders that the model learned from. */
export interface ChampionSurvivalDto {
  /** Of the model, which is in production. */
  readonly version: string;
  readonly probability: number;
  readonly baseRate: number;
  /** From which probability on a stake pays. */
  readonly breakEven: number;
}

/** A model of what survives. Times are ISO 8601 in UTC. */
export interface SurvivalModelDto {
  readonly version: string;
  readonly parent: string | null;
  readonly stage: 'None' | 'Production' | 'Archived';
  readonly modelType: SurvivalModelType;
  readonly options: SurvivalOptions;
  readonly hyperparameters: Readonly<Record<string, number>>;
  readonly trials: number;
  /** ROC AUC on the validation rows of the best trial; null of an update, which tries none. */
  readonly validationAuc: number | null;
  readonly rows: {
    readonly training: number;
    readonly validation: number;
    readonly test: number;
    /** Left out so that no part reaches into the next. */
    readonly purged: number;
    /** Left out for their composite score. */
    readonly weak: number;
    readonly folds: number;
  };
  readonly testFrom: string;
  readonly testTo: string;
  readonly knownUntil: string;
  /** Share of all rows that made money. */
  readonly baseRate: number;
  /** From which probability on a stake pays. */
  readonly breakEven: number;
  /** On the test rows, by a model that knows the others; a model of all rows is what is used. */
  readonly classes: LeftOutClassesDto;
  readonly calibration: readonly CalibrationBinDto[];
  readonly picks: readonly SurvivalPickDto[];
  readonly createdAt: string;
}

/** What there is to learn from. */
export interface SurvivalRowsDto {
  readonly rows: number;
  /** Of them with a high enough composite score. */
  readonly good: number;
  readonly least: number;
  readonly folds: number;
  /** Folds that were computed before contenders were kept. */
  readonly olderFolds: number;
  /** Share of the good ones that made money; null without any. */
  readonly baseRate: number | null;
  readonly from: string | null;
  readonly to: string | null;
}

export interface SurvivalJournalDto {
  readonly at: string;
  readonly action: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly by: string;
  readonly reason: string | null;
  readonly skipped: readonly string[];
  readonly gate: readonly SurvivalGateLineDto[] | null;
}

export interface SurvivalGateLineDto {
  readonly line: string;
  readonly text: string;
  readonly passed: boolean;
}
