import type { Config } from '../config/schema.ts';
import type { Configuration, IndicatorTimeframes } from '../contract/configuration.ts';
import { EngineError } from '../contract/errors.ts';
import { TIMEFRAME_MINUTES, TIMEFRAMES, type Timeframe } from '../contract/timeframe.ts';
import { configHash } from '../grid/grid.ts';
import { sha256 } from '../identity/digest.ts';
import type { SeriesRef } from '../market/candle-source.ts';
import type { ContextSpec } from '../pipeline/job.ts';
import { PIPELINE_VERSION } from '../pipeline/version.ts';
import { cellView, historyTier, viewRefs } from '../pipeline/view.ts';
import type { CellWindows } from '../pipeline/windows.ts';
import { regimesDigest } from '../regimes/definition.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import { type Basis, basisDigest, runKey } from './basis.ts';
import { costModel, pipelineSettings, windowDays } from './settings.ts';
import { windowsOn } from './view.ts';

/** A configuration, bound to this workspace's candles and rules. */
export interface ResolvedCell {
  readonly configuration: Configuration;
  readonly configHash: string;
  readonly runKey: string;
  readonly windows: CellWindows;
  readonly basis: Basis;
  readonly synthetic: boolean;
  /** Equal for cells that can share a feature matrix. */
  readonly contextKey: string;
}

export interface Resolver {
  /** @throws EngineError `not-found` when the workspace has no candles for the configuration */
  resolve(configuration: Configuration): ResolvedCell;
  /** What a worker needs for cells with this one's context key. */
  contextSpec(cell: ResolvedCell): ContextSpec;
}

interface ResolvedBasis {
  readonly basis: Basis;
  readonly series: SeriesRef;
  readonly higher: readonly SeriesRef[];
  readonly digest: string;
  readonly synthetic: boolean;
}

/** What cells with the same map of indicators have in common; a grid has one such map per timeframe. */
interface SharedIndicators {
  readonly base: Timeframe;
  readonly higher: readonly Timeframe[];
  readonly key: string;
  /** Of the map itself. */
  readonly digest: string;
}

export function createResolver(library: CandleLibrary, config: Config): Resolver {
  const bases = new Map<string, ResolvedBasis>();
  const indicators = new Map<IndicatorTimeframes, SharedIndicators>();
  const regimes = regimesDigest(config.regimes.definitions);

  function refer(symbol: string, timeframe: Timeframe) {
    const known = library.refer(symbol, timeframe);
    if (known !== undefined) return known;
    throw new EngineError(
      'not-found',
      `There are no candles of ${symbol} for ${timeframe}: neither that timeframe nor a shorter one is stored. Import candles of it first.`,
      { remedy: 'import-candles' },
    );
  }

  const load = (symbol: string, timeframe: Timeframe) => {
    refer(symbol, timeframe);
    return library.load(symbol, timeframe)!.candles;
  };

  function indicatorsOf(configuration: Configuration): SharedIndicators {
    const { indicatorTimeframes } = configuration;
    let known = indicators.get(indicatorTimeframes);
    if (known === undefined || known.base !== configuration.timeframe) {
      const higher = higherTimeframes(configuration);
      const digest = sha256(JSON.stringify(indicatorTimeframes));
      known = { base: configuration.timeframe, higher, key: higher.join(' '), digest };
      indicators.set(indicatorTimeframes, known);
    }
    return known;
  }

  function basisOf(configuration: Configuration): ResolvedBasis {
    const { symbol, timeframe } = configuration;
    const { higher: timeframes, key: higherKey } = indicatorsOf(configuration);
    const key = `${symbol} ${timeframe} ${higherKey}`;
    let known = bases.get(key);
    if (known === undefined) {
      const { holdout_days, selection_days } = config.evaluation;
      const { series, synthetic } = refer(symbol, timeframe);
      const higher = timeframes.map((t) => refer(symbol, t).series);
      const basis: Basis = {
        candles: series.digest,
        higher_timeframes: Object.fromEntries(higher.map((s) => [s.timeframe, s.digest])),
        windows: { holdout_days, selection_days },
        costs: costModel(config, symbol),
        inference_grid: config.inference_grid,
        regimes,
        training: { members: config.training.members, seed: config.training.seed },
        pipeline_version: PIPELINE_VERSION,
      };
      known = { basis, series, higher, digest: basisDigest(basis), synthetic };
      bases.set(key, known);
    }
    return known;
  }

  return {
    resolve(configuration) {
      const { symbol, timeframe } = configuration;
      const { basis, digest, synthetic } = basisOf(configuration);
      const hash = configHash(configuration);
      const tier = historyTier(configuration.daysHistory);
      return {
        configuration,
        configHash: hash,
        runKey: runKey(hash, digest),
        windows: windowsOn(load(symbol, timeframe), windowDays(config), configuration.daysHistory),
        basis,
        synthetic,
        contextKey: `${digest} ${configuration.encoder} ${tier} ${indicatorsOf(configuration).digest}`,
      };
    },

    contextSpec({ configuration, windows: { evaluation } }) {
      const { symbol, timeframe, encoder, indicatorTimeframes } = configuration;
      const { series, higher } = basisOf(configuration);
      const view = cellView({
        ...configuration,
        candles: load(symbol, timeframe),
        higher: higher.map((ref) => load(symbol, ref.timeframe)),
        evaluation,
        days: configuration.daysHistory,
      });
      return {
        ...viewRefs(series, higher, view),
        dataDigest: series.digest,
        evaluation,
        encoder,
        indicatorTimeframes,
        settings: pipelineSettings(config, symbol),
      };
    },
  };
}

/** Timeframes above the configuration's own that its indicators use, ascending. */
export function higherTimeframes({ timeframe, indicatorTimeframes }: Configuration): Timeframe[] {
  const used = new Set(Object.values(indicatorTimeframes).flat());
  return TIMEFRAMES.filter((t) => used.has(t) && TIMEFRAME_MINUTES[t] > TIMEFRAME_MINUTES[timeframe]);
}
