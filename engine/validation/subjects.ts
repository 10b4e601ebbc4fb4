import { configurationOf } from '../cells/columns.ts';
import { findChampion, referencesOf } from '../contract/champion-reference.ts';
import type { Configuration, Hyperparameters } from '../contract/configuration.ts';
import type { StrategyDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { GridSpec } from '../contract/grid.ts';
import { CLASSIFIER, CLASSIFIER_TYPE } from '../contract/model-type-names.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { DEFAULT_VALIDATED_MODEL, type ValidationSubject } from '../contract/validation.ts';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import { strategiesOf } from '../inference/strategy-grid.ts';
import { modelType, parseHyperparameters } from '../models/catalog.ts';
import { allChampions } from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import { bestStrategies, findRun, findStrategy, type RunRow, requireRun } from '../store/runs.ts';
import type { ChampionsTable, StrategiesTable } from '../store/schema.ts';
import { modelOfVersion, requireVersion } from '../store/versions.ts';
import type { ModelSubject } from './spec.ts';

/** What trades where only a market is named. */
export const DEFAULT_STRATEGY: StrategyDto = {
  predictionMethod: 'direct',
  ensembleMethod: 'mean',
  confidenceThreshold: 0,
  lookbackWindow: 100,
};
const DEFAULT_HORIZON = 6;

/** The same of a model type: an agent has its policy alone. */
export function defaultStrategy(configuration: Configuration): StrategyDto {
  return strategiesOf([DEFAULT_STRATEGY], configuration)[0]!;
}

/**
 * What a subject stands for, each once. `trainDays`: calendar days that a configuration is given which is neither a run's nor a
 * champion's.
 * @throws EngineError `not-found` for a run or champion that is not there, `invalid-input` for what can't be trained
 */
export function modelsOf(
  store: Store,
  subject: Exclude<ValidationSubject, { readonly grid: GridSpec }>,
  trainDays: number | null,
): ModelSubject[] {
  if ('runId' in subject) return [modelOfRun(store, requireRun(store, subject.runId))];
  if ('champion' in subject) return [modelOfChampion(store, subject.champion)];
  if ('versions' in subject)
    return subject.versions.map(({ name, version }) => modelOf(store, name, version));
  if ('champions' in subject) {
    const names =
      subject.champions === 'all' ? namedChampions(store).map(({ champion }) => champion) : subject.champions;
    if (names.length === 0) {
      throw new EngineError('conflict', 'There are no champions to validate yet: train a grid first.');
    }
    return [...new Set(names)].map((name) => modelOfChampion(store, name));
  }
  if (trainDays === null) {
    throw new EngineError(
      'invalid-input',
      '"own" validates the windows of a run, a champion or a grid: name one, or choose "quick" or "full" for a market.',
    );
  }
  const symbols = 'symbols' in subject ? subject.symbols : [subject.symbol];
  return [...new Set(symbols)].map((symbol) => {
    const configuration = configurationFor(symbol, subject.timeframe, trainDays, subject);
    return {
      configuration,
      strategy: defaultStrategy(configuration),
      regime: null,
      runId: null,
      champion: null,
    };
  });
}

function configurationFor(
  symbol: string,
  timeframe: Timeframe,
  daysHistory: number,
  chosen: { readonly modelType?: string | undefined; readonly hyperparameters?: Hyperparameters | undefined },
): Configuration {
  const asked = chosen.modelType ?? DEFAULT_VALIDATED_MODEL;
  const isClassifier = asked === CLASSIFIER;
  const type = modelType(isClassifier ? CLASSIFIER_TYPE : asked);
  return {
    modelType: type.name,
    symbol,
    timeframe,
    daysHistory,
    horizon: DEFAULT_HORIZON,
    target: isClassifier ? 'direction' : 'return',
    encoder: 'normalized',
    indicatorTimeframes: defaultIndicatorTimeframes(timeframe),
    hyperparameters: parseHyperparameters(type, chosen.hyperparameters) as Hyperparameters,
  };
}

function modelOf(store: Store, name: string, version: string): ModelSubject {
  const row = requireVersion(store, name, version);
  const { configuration, strategy, updates } = modelOfVersion(row);
  const made = { runId: null, champion: null, ...(updates && { updates }) };
  return { configuration, strategy, regime: row.regime, ...made };
}

function modelOfRun(store: Store, row: RunRow): ModelSubject {
  const best = bestStrategies(store, [row.id]).get(row.id);
  if (best === undefined) {
    throw new EngineError(
      'conflict',
      `Run ${row.id} has no strategy to validate: it failed. Choose a run that was completed.`,
    );
  }
  return {
    configuration: configurationOf(row),
    strategy: strategyOf(best),
    regime: null,
    runId: row.uuid,
    champion: null,
  };
}

function strategyOf(row: StrategiesTable): StrategyDto {
  return {
    predictionMethod: row.prediction_method,
    ensembleMethod: row.ensemble_method,
    confidenceThreshold: row.confidence_threshold,
    lookbackWindow: row.lookback_window,
  };
}

/** All champions by reference, the best of each scope first. */
function namedChampions(store: Store): { readonly champion: string; readonly row: ChampionsTable }[] {
  const rows = allChampions(store);
  const names = referencesOf(rows as readonly (ChampionsTable & { timeframe: Timeframe })[]);
  return rows.map((row, i) => ({ champion: names[i]!, row }));
}

function modelOfChampion(store: Store, text: string): ModelSubject {
  const { champion, row: place } = findChampion(namedChampions(store), text);
  const { run_id: id, strategy_index: index, regime } = place;
  const row = findRun(store, id)!;
  const strategy = findStrategy(store, id, index);
  if (strategy === undefined)
    throw new EngineError('internal', `Expected strategy ${index} of run ${id}, found none.`);
  return {
    configuration: configurationOf(row),
    strategy: strategyOf(strategy),
    regime,
    runId: row.uuid,
    champion,
  };
}
