import type { Hyperparameters } from './configuration.ts';
import type { GridSpec } from './grid.ts';
import type { Timeframe } from './timeframe.ts';

/** How folds are laid out, under the names that the field has for them. */
export const VALIDATION_SCHEMES = ['quick', 'full', 'own'] as const;
export type ValidationScheme = (typeof VALIDATION_SCHEMES)[number];

/** What a job can be asked for: one scheme, or quick and, once it is confirmed, full. */
export const VALIDATION_MODES = [...VALIDATION_SCHEMES, 'sequential'] as const;
export type ValidationMode = (typeof VALIDATION_MODES)[number];

/** What each is for. */
export const SCHEME_PURPOSE: Readonly<Record<ValidationMode, string>> = {
  quick:
    'Quick: is the setting worth a closer look? A few models on the newest bars, each tested on what came after it, and the first once more as it ages. It can reject, hardly confirm.',
  full: 'Full: what evidence is made of. The whole history in short steps, each tested by a model that knows only what came before.',
  own: 'Own: would it have worked as it is used? The windows that the configuration trains and selects with, step by step, each tested on what came after it.',
  sequential:
    'Sequential: quick, its criteria, and full once they are met or you say so. What is to be rejected costs minutes instead of hours.',
};

/** What is validated where only a market is named. */
export const DEFAULT_VALIDATED_MODEL = 'xgboost';

/** `rolling`: a model that was trained for its test window. `aging`: the first model once more, on a later one. */
export const FOLD_KINDS = ['rolling', 'aging'] as const;
export type FoldKind = (typeof FOLD_KINDS)[number];

/** What a validation is asked for; what is left out is the scheme's own. */
export interface FoldOptions {
  readonly scheme: ValidationScheme;
  /** Calendar days of each test window. */
  readonly testPeriodDays?: number;
  /** Calendar days of training: of each fold, or, of an expanding window, of the first. Not in `own`. */
  readonly minTrainDays?: number;
  /** Whether training begins with the data and grows, or moves along. Not in `own`. */
  readonly expandingWindow?: boolean;
  /** The newest so many rolling folds. */
  readonly folds?: number;
  /** Asked for by the gate of the registry: moved back as a block until all tests count. It stands for no longer validation. */
  readonly gate?: boolean;
}

/** What the schemes do if nothing else is asked for. */
export const FOLD_DEFAULTS = {
  quick: { testPeriodDays: 60, minTrainDays: 180, expandingWindow: false, folds: 3 },
  full: { testPeriodDays: 21, minTrainDays: 120, expandingWindow: true, folds: null },
  own: { testPeriodDays: 60, minTrainDays: null, expandingWindow: false, folds: null },
} as const satisfies Record<
  ValidationScheme,
  {
    readonly testPeriodDays: number;
    readonly minTrainDays: number | null;
    readonly expandingWindow: boolean;
    /** Null: as many as there are. */
    readonly folds: number | null;
  }
>;

/** A model type on a market, with the default strategy; what is left out is the default. */
interface MarketModel {
  readonly timeframe: Timeframe;
  readonly modelType?: string | undefined;
  readonly hyperparameters?: Hyperparameters | undefined;
}

/**
 * What is validated: a model type on a market or on several, a run with its best strategy, champions with theirs, alone in their
 * regime, or versions; or a grid, whose champions are chosen anew in each fold. A champion is named `SYMBOL/TIMEFRAME/REGIME`, and `/RANK` where there are several.
 */
export type ValidationSubject =
  | (MarketModel & { readonly symbol: string })
  | (MarketModel & { readonly symbols: readonly string[] })
  | { readonly runId: string }
  | { readonly champion: string }
  | { readonly champions: readonly string[] | 'all' }
  | { readonly versions: readonly { readonly name: string; readonly version: string }[] }
  | { readonly grid: GridSpec };
