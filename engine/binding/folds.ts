import { configHash } from '../cells/config-hash.ts';
import type { Config } from '../config/schema.ts';
import { trainingDays } from '../config/split.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { StrategyDto } from '../contract/dto/index.ts';
import { warmupBars } from '../features/warmup.ts';
import { digestOf } from '../identity/digest.ts';
import type { Traded } from '../inference/strategy-grid.ts';
import { type Candles, candlesWithin } from '../market/candles.ts';
import type { SeriesRef } from '../market/series/candle-source.ts';
import { storeView } from '../market/series/views.ts';
import type { ContextSpec, LoadedContext } from '../pipeline/job.ts';
import { PIPELINE_VERSION } from '../pipeline/version.ts';
import { cellView } from '../pipeline/view.ts';
import type { CellWindows, EvaluatedWindow } from '../pipeline/windows.ts';
import { regimesDigest } from '../regimes/definition.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import { type Basis, iso, storedWindows } from './basis.ts';
import { contextSpecOf, higherTimeframes } from './context-spec.ts';
import { createMarketCosts } from './costs.ts';
import { evaluationDigests, foldKey, trainingDigest, trainingKey } from './keys.ts';
import { createLabels } from './labels.ts';
import { asOfToday, loadSeries, type StoredCandles } from './series.ts';
import { basisKind, inferenceGridOf, trainingOf } from './settings.ts';

/** What is trained anew in each fold, and how it trades. */
export interface FoldSubject {
  readonly configuration: Configuration;
  readonly strategy: StrategyDto;
  /** The regime whose signals alone it trades; null: all. */
  readonly regime: string | null;
  /** Calendar days of training; Infinity for windows that begin with the data. */
  readonly days: number;
  /** Of a model that is a fit and updates: how long before the end of its training each was, ms. */
  readonly updates?: readonly number[];
}

/** A model of a fold: its windows, of which `tests` are those that figures are kept of. */
export interface FoldModel {
  readonly asOf: number;
  readonly windows: CellWindows;
  readonly tests: readonly string[];
}

/** A model of a fold, bound to this workspace's candles and rules. */
export interface BoundFold extends FoldModel {
  readonly configHash: string;
  readonly trainingKey: string;
  /** Names the figures of each test window, whatever the window is called and whichever others are tested with it. */
  readonly keys: ReadonlyMap<string, string>;
  /** Equal for folds that can share a feature matrix. */
  readonly contextKey: string;
  readonly basis: Basis;
}

/** What cells of a fold have in common that share market, encoder, length of history and map of indicators. */
export interface BoundCells {
  readonly basis: Basis;
  readonly trainingDigest: string;
  /** Names all that their figures rest on beside their models: strategies, costs, each regime's labels, market days. */
  readonly evaluationDigest: string;
}

/** What there is of a market for folds. */
export interface FoldMarket {
  readonly candles: Candles;
  /** Opening of the first bar that can train: indicators are warm by then; Infinity where they never are. ms UTC. */
  readonly earliest: number;
  /** Where the holdout begins, ms UTC. */
  readonly end: number;
}

export interface FoldBinder {
  /** @throws EngineError `not-found` without candles, `conflict` where they do not reach the as-of date of the configuration file */
  market(configuration: Configuration): FoldMarket;
  /** @throws as `market` */
  bind(subject: FoldSubject, model: FoldModel): BoundFold;
  /** Cells of a grid as they are in a fold, evaluated with all strategies of the configuration file. @throws as `market` */
  bindCells(configuration: Configuration, model: Omit<FoldModel, 'tests'>): BoundCells;
  /** Days of training of a configuration in its own windows. */
  trainingDays(daysHistory: number): number;
  /** Equal for targets whose cells have `bindCells` in common. */
  kindOf(configuration: Traded): string;
  /** What a worker needs for folds of a subject with one context key, the last of which ends last. */
  contextSpec(
    subject: Pick<FoldSubject, 'configuration'>,
    folds: readonly Pick<BoundFold, 'basis'>[],
  ): ContextSpec;
  /** The same with its candles, for what is done beside the workers. */
  loadedContext(
    subject: Pick<FoldSubject, 'configuration'>,
    folds: readonly Pick<BoundFold, 'basis'>[],
  ): LoadedContext;
}

/** Binds the models of folds to what the workspace has now; `config` as `withSplit` has it. */
export function createFoldBinder(library: CandleLibrary, config: Config): FoldBinder {
  const definitions = config.regimes.definitions;
  const regimes = regimesDigest(definitions);
  const regimeRules = definitions.filter(({ active }) => active).map(({ name, rules }) => ({ name, rules }));
  const labelsIn = createLabels(definitions);
  const costs = createMarketCosts(library, config);
  const loaded = new Map<string, StoredCandles>();

  function load(symbol: string, timeframe: Configuration['timeframe']): StoredCandles {
    const key = `${symbol} ${timeframe}`;
    const series = loaded.get(key) ?? loadSeries(library, symbol, timeframe);
    loaded.set(key, series);
    return series;
  }

  function seriesOf(configuration: Configuration): readonly [StoredCandles, ...StoredCandles[]] {
    const { symbol, timeframe } = configuration;
    return [load(symbol, timeframe), ...higherTimeframes(configuration).map((t) => load(symbol, t))];
  }

  function basisOf(subject: BoundSubject, asOf: number, windows: CellWindows): Basis {
    const { configuration, strategy, regime, days } = subject;
    const { encoder, indicatorTimeframes, target } = configuration;
    const [own, ...higher] = seriesOf(configuration);
    const { evaluation } = windows;
    const view = cellView({
      candles: own.candles,
      higher: higher.map(({ candles }) => candles),
      encoder,
      indicatorTimeframes,
      evaluation,
      days,
    });
    const stored = ({ ref, candles }: StoredCandles) => storeView(candles, view.from, view.to, ref.base);
    const candles = stored(own);
    return {
      as_of: iso(asOf),
      windows: storedWindows(windows),
      candles,
      higher_timeframes: Object.fromEntries(higher.map((series) => [series.ref.timeframe, stored(series)])),
      training: trainingOf(config, target),
      costs: costs.ofView(own.candles, view),
      inference_grid: strategy === null ? inferenceGridOf(config, configuration) : axesOf(strategy),
      regimes,
      regime_rules: regimeRules,
      ...(regime === null && strategy !== null
        ? {}
        : { regime_labels: labelsIn(own.candles, candles, evaluation) }),
      pipeline_version: PIPELINE_VERSION,
    };
  }

  const binder: FoldBinder = {
    market(configuration) {
      const { symbol, timeframe, encoder, indicatorTimeframes } = configuration;
      const { candles } = load(symbol, timeframe);
      const ready = [...warmupBars(encoder, indicatorTimeframes, timeframe)].map(([of, bars]) => {
        const { time } = load(symbol, of).candles;
        // A higher bar counts once it is closed.
        return time[of === timeframe ? bars : bars + 1] ?? Number.POSITIVE_INFINITY;
      });
      const asOf = asOfToday(library, config, symbol);
      return { candles, earliest: Math.max(...ready), end: asOf - config.evaluation.holdout_days * DAY_MS };
    },

    bind(subject, { asOf, windows, tests }) {
      const hash = configHash(subject.configuration);
      const { training, evaluation } = windows;
      const others = evaluation.windows.filter(({ name }) => !tests.includes(name));
      const dayStart = library.dayStart(subject.configuration.symbol);
      const keyOfModel = (of: Basis) => {
        const fitted = trainingKey(hash, trainingDigest(of, subject.configuration));
        return subject.updates === undefined ? fitted : digestOf([fitted, subject.updates]);
      };
      const keyOf = (test: EvaluatedWindow) => {
        const alone = { ...evaluation, windows: [...others, { ...test, name: 'test' }] };
        const basis = basisOf(subject, asOf, { training, evaluation: alone });
        return foldKey(keyOfModel(basis), basis, subject.regime, dayStart);
      };
      const basis = basisOf({ ...subject, regime: null }, asOf, windows);
      const keys = new Map(
        evaluation.windows
          .filter(({ name }) => tests.includes(name))
          .map((test) => [test.name, keyOf(test)] as const),
      );
      const firsts = [basis.candles, ...Object.values(basis.higher_timeframes)].map(({ first }) => first);
      return {
        asOf,
        windows,
        tests,
        configHash: hash,
        trainingKey: keyOfModel(basis),
        keys,
        contextKey: digestOf([hash, subject.strategy, firsts]),
        basis,
      };
    },

    bindCells(configuration, { asOf, windows }) {
      const { daysHistory: days, symbol } = configuration;
      const basis = basisOf({ configuration, strategy: null, regime: null, days }, asOf, windows);
      return {
        basis,
        trainingDigest: trainingDigest(basis, configuration),
        evaluationDigest: digestOf([evaluationDigests(basis), library.dayStart(symbol)]),
      };
    },

    trainingDays: (daysHistory) => trainingDays(config, daysHistory),

    kindOf: (configuration) => basisKind(config, configuration),

    contextSpec(subject, folds) {
      const { configuration } = subject;
      const { basis } = folds.at(-1)!;
      const refs = new Map(seriesOf(configuration).map(({ ref }) => [ref.timeframe, ref]));
      const spec = contextSpecOf({ configuration, basis }, definitions, (timeframe) => refs.get(timeframe)!);
      return { ...spec, dayStart: library.dayStart(configuration.symbol) };
    },

    loadedContext(subject, folds) {
      const spec = binder.contextSpec(subject, folds);
      const seen = ({ symbol, timeframe, view = {} }: SeriesRef) =>
        candlesWithin(load(symbol, timeframe).candles, view);
      return { spec, candles: seen(spec.series), higher: spec.higher.map(seen) };
    },
  };
  return binder;
}

const DAY_MS = 86_400_000;

/** Strategy null: all of the configuration file's, in every regime. */
type BoundSubject = Omit<FoldSubject, 'strategy'> & { readonly strategy: StrategyDto | null };

function axesOf({
  predictionMethod,
  ensembleMethod,
  confidenceThreshold,
  lookbackWindow,
}: StrategyDto): Basis['inference_grid'] {
  return {
    prediction_methods: [predictionMethod],
    ensemble_methods: [ensembleMethod],
    confidence_thresholds: [confidenceThreshold],
    lookback_windows: [lookbackWindow],
  };
}
