import { createFoldBinder } from '../binding/folds.ts';
import { windowDays } from '../binding/settings.ts';
import { withSplit } from '../config/split.ts';
import type { Configuration, ConfiguredHyperparameters, Hyperparameters } from '../contract/configuration.ts';
import { EngineError } from '../contract/errors.ts';
import { areOfSides } from '../contract/hyperparameters.ts';
import { type ModelPlace, modelName } from '../contract/model-name.ts';
import { isAgent } from '../contract/model-type-names.ts';
import type { TrainPeriod } from '../contract/registry.ts';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import { modelType, parseHyperparameters } from '../models/catalog.ts';
import type { Store } from '../store/database.ts';
import { listAliases, productionOf, requireVersion } from '../store/versions.ts';
import type { RegistryDeps } from './deps.ts';
import type { TrainWishes } from './train.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 3650;
const LEAST_DAYS = 30;
/** Of each test window of the gate. */
export const TEST_DAYS = 60;
/** What the classic pipeline trains where nothing is searched. */
const CLASSIC_XGBOOST: Hyperparameters = { n_estimators: 100, max_depth: 6, learning_rate: 0.1 };

/** Where the hyper-parameters of what is trained are from. */
export type FoundBy = 'search' | 'classic' | 'defaults' | 'production';

/** What is to be trained for one name. */
export interface Wanted {
  readonly place: ModelPlace;
  /** Without the days that the period asks for, where it does. */
  readonly configuration: Configuration;
  readonly hasOwnDays: boolean;
  readonly foundBy: FoundBy;
}

/**
 * What is wanted: a name, or every one that is in production, each as it is.
 * @throws EngineError `conflict` where no name is given and nothing is in production
 */
export function wanting(
  { store, files }: Pick<RegistryDeps, 'store' | 'files'>,
  wishes: Pick<TrainWishes, 'place' | 'modelType' | 'target' | 'horizon' | 'optimize'>,
): Wanted[] {
  const { place, horizon } = wishes;
  // There is one thing that an agent can learn.
  const target = isAgent(wishes.modelType) ? 'return' : wishes.target;
  if (place === undefined) {
    const all = productionPlaces(store).map((of): Wanted => {
      const { configuration } = productionOf(store, of)!;
      return { place: of, configuration, hasOwnDays: true, foundBy: 'production' };
    });
    if (all.length > 0) return all;
    throw new EngineError('conflict', 'Nothing is in production yet: name a market.', {
      remedy: 'train-for-production',
    });
  }
  const type = modelType(wishes.modelType);
  const isClassic = type.name === 'xgboost';
  // Of LONG and SHORT models the grid checks what each has.
  const found = (wishes.optimize ? undefined : files.best(modelName(place), bestKey(type.name, target))) as
    | ConfiguredHyperparameters
    | undefined;
  const { symbol, timeframe } = place;
  const configuration: Configuration = {
    modelType: type.name,
    symbol,
    timeframe,
    daysHistory: MOST_DAYS,
    horizon,
    target,
    encoder: 'normalized',
    indicatorTimeframes: defaultIndicatorTimeframes(timeframe),
    hyperparameters:
      found !== undefined && areOfSides(found)
        ? found
        : (parseHyperparameters(type, found ?? (isClassic ? CLASSIC_XGBOOST : {})) as Hyperparameters),
  };
  const foundBy = found !== undefined ? 'search' : isClassic ? 'classic' : 'defaults';
  return [{ place, configuration, hasOwnDays: false, foundBy }];
}

function productionPlaces(store: Store): ModelPlace[] {
  return listAliases(store).flatMap(({ name, alias, version }) => {
    if (alias !== 'production') return [];
    const { symbol, timeframe, regime } = requireVersion(store, name, version);
    return [{ symbol, timeframe, regime }];
  });
}

/** Under which a search's best hyper-parameters are kept. */
export const bestKey = (type: string, target: string) => `${type} ${target}`;

const PERIOD_DAYS: Readonly<Record<TrainPeriod, number>> = {
  '1y': 365,
  '2y': 730,
  '3y': 1095,
  '5y': 1825,
  '10y': 3650,
  all: MOST_DAYS,
};

/** How many test windows the gate asks for. */
export function gateFolds({ config }: Pick<RegistryDeps, 'config'>): number {
  return Math.max(1, Math.round(config().registry.validation_months / 2));
}

/** Days that are learned from, and the note where they are fewer than the period asks for. */
export interface TrainingDays {
  readonly days: number;
  readonly note: string | null;
}

/**
 * Days of the period, as far as they are there once holdout, selection and the gate's test windows are set aside.
 * @throws EngineError `training-failed` where too few are left, `not-found` without candles
 */
export function daysFor(
  deps: Pick<RegistryDeps, 'config' | 'library'>,
  { period }: Pick<TrainWishes, 'period'>,
  { configuration, place, hasOwnDays }: Wanted,
): TrainingDays {
  const wanted = PERIOD_DAYS[period];
  const config = withSplit(deps.config(), () => (hasOwnDays ? configuration.daysHistory : wanted));
  const { earliest, end } = createFoldBinder(deps.library, config).market(configuration);
  if (hasOwnDays) return { days: configuration.daysHistory, note: null };
  const { selectionDays } = windowDays(config);
  // The selection window of the run itself, one of the first fold, the test windows, and what their borders may cost.
  const aside = 2 * selectionDays + (gateFolds(deps) + 1) * TEST_DAYS;
  const there = Math.floor((end - earliest) / DAY_MS) - aside;
  if (there >= wanted) return { days: wanted, note: null };
  const name = modelName(place);
  if (there < LEAST_DAYS) {
    throw new EngineError(
      'training-failed',
      `${name}: the data has ${Math.max(0, there + aside)} days before the holdout; ${aside} of them are set aside for selection and test windows, and at least ${LEAST_DAYS} more are learned from. Import more history.`,
      { remedy: 'import-candles' },
    );
  }
  const asked = period === 'all' ? 'all history' : period;
  return {
    days: there,
    note: `${name}: of ${asked}, ${there} days are there once test windows are set aside`,
  };
}
