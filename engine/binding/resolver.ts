import { configHash } from '../cells/config-hash.ts';
import type { Config } from '../config/schema.ts';
import { trainingDays } from '../config/split.ts';
import type { Configuration, IndicatorTimeframes } from '../contract/configuration.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { digestOf } from '../identity/digest.ts';
import type { SeriesRef } from '../market/series/candle-source.ts';
import { storeView } from '../market/series/views.ts';
import type { ContextSpec } from '../pipeline/job.ts';
import type { LuckSettings } from '../pipeline/luck.ts';
import { PIPELINE_VERSION } from '../pipeline/version.ts';
import { cellView } from '../pipeline/view.ts';
import { type CellWindows, windowsBefore } from '../pipeline/windows.ts';
import { regimesDigest } from '../regimes/definition.ts';
import type { BindingLibrary } from '../store/candle-library.ts';
import { type Basis, iso, scoreOf, storedWindows } from './basis.ts';
import { type BoundCell, contextKey, contextSpecOf, higherTimeframes } from './context-spec.ts';
import { createMarketCosts } from './costs.ts';
import { evaluationDigests, evaluationKeys, runKey, trainingDigest, trainingKey } from './keys.ts';
import { createLabels } from './labels.ts';
import { asOfToday, loadSeries, type StoredCandles } from './series.ts';
import { basisKind, inferenceGridOf, trainingOf, windowDays } from './settings.ts';

/** A configuration, bound to this workspace's candles and rules. */
export interface ResolvedCell extends BoundCell {
  readonly configHash: string;
  /** Names the model that training gives. */
  readonly trainingKey: string;
  /** Names the figures that it has, by regime that labels a bar and of all bars; see `evaluationKeys`. */
  readonly evaluationKeys: Readonly<Record<string, string>>;
  /** Names both. */
  readonly runKey: string;
  readonly windows: CellWindows;
  readonly synthetic: boolean;
  /** Equal for cells that can share a feature matrix. */
  readonly contextKey: string;
}

export interface Resolver {
  /**
   * `asOf` is what its windows are counted back from, ms UTC; null leaves it to the configuration file.
   * @throws EngineError `not-found` when the workspace has no candles for the configuration, `conflict` when they do not
   * reach the as-of date that the configuration file asks for
   */
  resolve(configuration: Configuration, asOf?: number | null): ResolvedCell;
  /**
   * Binds a model that was trained before, on `trained`, to what it is evaluated on and under today; `asOf` as of `resolve`.
   * Its view begins where it did when it was trained: what sums up from there means the same to the model.
   * @throws EngineError as `resolve`
   */
  revisit(configuration: Configuration, trained: Basis, asOf: number | null): RevisitedModel;
  /** What a worker needs for cells with this one's context key; for cells that this resolver bound. */
  contextSpec(cell: BoundCell): ContextSpec;
}

/** A model that was trained before, and today's data and rules. */
export interface RevisitedModel extends BoundCell {
  readonly contextKey: string;
}

/** What cells of one market, encoder, length of history and map of indicators have in common. */
interface ResolvedBasis {
  readonly basis: Basis;
  readonly windows: CellWindows;
  /** By timeframe: the configuration's own, and the higher ones. */
  readonly series: ReadonlyMap<Timeframe, SeriesRef>;
  readonly trainingDigest: string;
  readonly evaluationDigests: Readonly<Record<string, string>>;
  readonly contextKey: string;
  readonly synthetic: boolean;
}

/** Binds configurations to what the workspace has now; `config` as `withSplit` has it. */
export function createResolver(library: BindingLibrary, config: Config): Resolver {
  const bases = new Map<string, ResolvedBasis>();
  const seriesOf = new WeakMap<Basis, ResolvedBasis['series']>();
  const asOfTimes = new Map<string, number>();
  const indicatorDigests = new Map<IndicatorTimeframes, string>();
  const { judge } = config.evaluation;
  const regimes = regimesDigest(config.regimes.definitions);
  const regimeRules = config.regimes.definitions
    .filter(({ active }) => active)
    .map(({ name, rules }) => ({ name, rules }));
  const labelsIn = createLabels(config.regimes.definitions);
  const costs = createMarketCosts(library, config);

  const load = (symbol: string, timeframe: Timeframe) => loadSeries(library, symbol, timeframe);

  function today(symbol: string): number {
    let time = asOfTimes.get(symbol);
    if (time === undefined) {
      time = asOfToday(library, config, symbol);
      asOfTimes.set(symbol, time);
    }
    return time;
  }

  function indicatorsDigest(indicatorTimeframes: IndicatorTimeframes): string {
    let digest = indicatorDigests.get(indicatorTimeframes);
    if (digest === undefined) {
      digest = digestOf(indicatorTimeframes);
      indicatorDigests.set(indicatorTimeframes, digest);
    }
    return digest;
  }

  function createBasis(
    configuration: Configuration,
    asOfTime: number | null,
    trained?: Basis,
  ): ResolvedBasis {
    const { symbol, timeframe, encoder, indicatorTimeframes, daysHistory, target } = configuration;
    const own = load(symbol, timeframe);
    const higher = higherTimeframes(configuration).map((t) => load(symbol, t));
    const time = asOfTime ?? today(symbol);
    const windows = windowsBefore(time, windowDays(config), trainingDays(config, daysHistory));
    const { evaluation } = windows;
    const { from, to } = cellView({
      candles: own.candles,
      higher: higher.map(({ candles }) => candles),
      encoder,
      indicatorTimeframes,
      evaluation,
      days: daysHistory,
    });
    const view = ({ ref, candles }: StoredCandles) => {
      const before =
        ref.timeframe === timeframe ? trained?.candles : trained?.higher_timeframes[ref.timeframe];
      const first = before === undefined ? from : Date.parse(before.first);
      return storeView(candles, first, to, ref.base);
    };
    const candles = view(own);
    const basis: Basis = {
      as_of: iso(time),
      windows:
        trained === undefined
          ? storedWindows(windows)
          : { ...storedWindows(windows), training: trained.windows.training },
      candles,
      higher_timeframes: Object.fromEntries(higher.map((series) => [series.ref.timeframe, view(series)])),
      training: trained?.training ?? trainingOf(config, target),
      costs: costs.ofView(own.candles, { from: Date.parse(candles.first), to }),
      inference_grid: inferenceGridOf(config, configuration),
      regimes,
      regime_rules: regimeRules,
      regime_labels: labelsIn(own.candles, candles, evaluation),
      pipeline_version: PIPELINE_VERSION,
      ...scoreOf(config),
      ...(judge && { survival: judge.version }),
    };
    return {
      basis,
      windows,
      series: new Map([own, ...higher].map(({ ref }) => [ref.timeframe, ref])),
      trainingDigest: trainingDigest(basis, configuration),
      evaluationDigests: evaluationDigests(basis),
      contextKey: contextKey({ configuration, basis }),
      synthetic: own.synthetic,
    };
  }

  function basisOf(configuration: Configuration, asOfTime: number | null): ResolvedBasis {
    const { symbol, timeframe, encoder, daysHistory, indicatorTimeframes } = configuration;
    const key = `${symbol} ${timeframe} ${encoder} ${daysHistory} ${asOfTime} ${basisKind(config, configuration)} ${indicatorsDigest(indicatorTimeframes)}`;
    let known = bases.get(key);
    if (known === undefined) {
      known = createBasis(configuration, asOfTime);
      seriesOf.set(known.basis, known.series);
      bases.set(key, known);
    }
    return known;
  }

  return {
    resolve(configuration, asOfTime = null) {
      return resolvedCell(configuration, basisOf(configuration, asOfTime));
    },

    revisit(configuration, trained, asOfTime) {
      const { basis, series, contextKey } = createBasis(configuration, asOfTime, trained);
      seriesOf.set(basis, series);
      return { configuration, basis, contextKey };
    },

    contextSpec(cell) {
      const series = seriesOf.get(cell.basis)!;
      const spec = contextSpecOf(cell, config.regimes.definitions, (timeframe) => series.get(timeframe)!);
      const luck = luckSettings(library, config, cell);
      const { minTrades } = luck;
      const decided = { score: config.evaluation.score, minTrades };
      return { ...spec, luck, decided, ...(judge && { contenders: { minTrades } }) };
    },
  };
}

function resolvedCell(configuration: Configuration, bound: ResolvedBasis): ResolvedCell {
  const { basis, windows, synthetic, contextKey, evaluationDigests: digests } = bound;
  const hash = configHash(configuration);
  const key = trainingKey(hash, bound.trainingDigest);
  let figures: Record<string, string> | undefined;
  return {
    configuration,
    configHash: hash,
    trainingKey: key,
    // Of the thousands of cells of a grid few are asked for them before they are trained.
    get evaluationKeys() {
      figures ??= evaluationKeys(key, digests);
      return figures;
    },
    runKey: runKey(key, digests),
    windows,
    basis,
    synthetic,
    contextKey,
  };
}

function luckSettings(
  library: BindingLibrary,
  { evaluation }: Config,
  { configuration }: BoundCell,
): LuckSettings {
  return {
    dayStart: library.dayStart(configuration.symbol),
    minTrades: evaluation.min_trades_per_regime,
  };
}
