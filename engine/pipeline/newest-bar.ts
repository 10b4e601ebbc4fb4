import { UNCLASSIFIED } from '../contract/words.ts';
import type { FeatureRollout } from '../features/matrix.ts';
import { strategyGrid } from '../inference/strategy-grid.ts';
import { decodeModelFile } from '../models/codec.ts';
import { compileRegimes, labelBars } from '../regimes/labeler.ts';
import { type BatchContext, createContext, foldContext, type LabelsOf, rolloutOver } from './context.ts';
import type { RegimeLabels } from './evaluation-span.ts';
import { ALL_BARS } from './evaluation-table.ts';
import type { ContextSpec, LoadedContext } from './job.ts';
import { type RecordedBar, recordedBars } from './recorded-bars.ts';
import { SaidBefore, type SeenBars } from './said-before.ts';
import type { StrategyTrace } from './strategy-trace.ts';
import { type DecodedModel, decodedModel, decodedModelIn } from './target-model.ts';
import { evaluationEnd } from './windows.ts';

/** A stored model, and the strategy that it is asked by. */
export interface NewestBarJob {
  /**
   * Predictions begin where those of its backtest do; its one window ends at the close of the newest bar, and its settings have one
   * strategy.
   */
  readonly context: LoadedContext;
  /** The model file, and what messages call it. */
  readonly model: Uint8Array;
  readonly file: string;
  /** Equal for the same bytes: what was decoded once is kept by it. */
  readonly modelName: string;
  /** The regime that it trades alone in; null: all. */
  readonly alone: string | null;
  /** Bars that open after this time, ms UTC, are recorded; none where it is left out. */
  readonly recordAfter?: number;
}

/** What a model says at the close of the newest bar: to the bit what a backtest over later bars says of it. */
export interface NewestBar {
  readonly modelKey: string;
  /** Opening time of the bar, ms UTC. */
  readonly time: number;
  /** Of the bar, by the rules that the model was evaluated under. */
  readonly regime: string;
  /** Combined forecast, log return over the horizon; NaN where there is none. */
  readonly forecast: number;
  /** NaN where there is none. */
  readonly confidence: number;
  /** What a round trip costs as known at its close, log return. */
  readonly roundTripCost: number;
  /** 0 where it trades alone in another regime than the bar's. */
  readonly signal: -1 | 0 | 1;
  /** Opening time of the first of the bars up to this one that all give this signal, ms UTC. */
  readonly since: number;
  /** How far stop and take-profit lie from an entry at the next open, price units; null where trades have none. */
  readonly exits: { readonly stop: number; readonly takeProfit: number } | null;
  /** What was asked for, oldest first. */
  readonly recorded: readonly RecordedBar[];
}

/** Models that are kept decoded, so that the next bar does not wait for it. Immutable: nothing but their predictions is asked of them. */
const MOST_DECODED = 200;

export class DecodedModels {
  /** What they said of the bars before. */
  readonly said = new SaidBefore();
  readonly #known = new Map<string, DecodedModel>();

  /** @throws EngineError `artifact-damaged` or `artifact-newer` for a model file that can't be read */
  of({ modelName, model, file }: Pick<NewestBarJob, 'modelName' | 'model' | 'file'>): DecodedModel {
    let decoded = this.#known.get(modelName);
    if (decoded === undefined) {
      decoded = decodedModel(decodeModelFile(model, file));
      if (this.#known.size >= MOST_DECODED) this.#known.delete(this.#known.keys().next().value!);
      this.#known.set(modelName, decoded);
    }
    return decoded;
  }
}

/**
 * What models of one market say of its newest bar. Those that see the same bars in the same way share their features: they are causal, so
 * that only where predictions begin sets models apart.
 */
export class NewestBars {
  readonly #bases = new Map<string, Base>();
  readonly #models: DecodedModels;

  constructor(models: DecodedModels = new DecodedModels()) {
    this.#models = models;
  }

  /** @throws EngineError `artifact-damaged` or `artifact-newer` for a model file that can't be read */
  of(job: NewestBarJob): NewestBar {
    const { context: loaded, alone } = job;
    const stored = this.#models.of(job);
    const base = this.#base(loaded);
    const context = this.#context(base, loaded);
    const { configuration } = stored;
    const trace = this.#trace(job, stored, base, context);
    const { candles, regimes, evaluated } = context;
    const row = candles.length - 1;
    const lane = row - trace.firstRow;
    const nameAt = (at: number) => regimes.names[regimes.labels[at]!]!;
    const signalAt = (at: number) =>
      alone === null || nameAt(at) === alone ? trace.signal[at - trace.firstRow]! : 0;
    const signal = signalAt(row) as NewestBar['signal'];
    let first = row;
    while (first > trace.firstRow && signalAt(first - 1) === signal) first--;
    const { exits, unit } = context.target(configuration.target, configuration.horizon);
    const range = exits === null ? Number.NaN : unit![row]! * candles.close[row]!;
    return {
      modelKey: stored.modelKey,
      time: candles.time[row]!,
      regime: nameAt(row),
      forecast: trace.forecast[lane]!,
      confidence: trace.confidence[lane]!,
      roundTripCost: evaluated.roundTripCost[row - evaluated.rows.from]!,
      signal,
      since: candles.time[first]!,
      recorded: recordedBars(job, context, trace, signalAt),
      exits: exits && { stop: exits.stopLoss * range, takeProfit: exits.takeProfit * range },
    };
  }

  /** Bars that it was asked about before are not forecast again. */
  #trace(
    { context: { spec }, modelName }: NewestBarJob,
    stored: DecodedModel,
    base: Base,
    context: BatchContext,
  ): StrategyTrace {
    const { said } = this.#models;
    const name = nameOfSaid(modelName, spec);
    const { from, to } = context.span;
    const [strategy] = strategyGrid(spec.settings.strategies);
    const [trace] = context.evaluator.evaluateOne(decodedModelIn(context, stored), strategy!, ALL_BARS, {
      sides: said.of(name, base.bars),
      rolloutFrom(lane) {
        if (lane === 0) return context.rollout;
        let rollout = base.rollouts.get(from + lane);
        rollout ??= rolloutOver(base.context, { from: from + lane, to });
        base.rollouts.set(from + lane, rollout);
        return rollout;
      },
    });
    const now = context.evaluator.said;
    if (now !== undefined) said.keep(name, base.bars, now);
    return trace!;
  }

  #base(loaded: LoadedContext): Base {
    const { spec } = loaded;
    const name = nameOfBase(spec);
    let base = this.#bases.get(name);
    if (base === undefined) {
      // Rolled forward in each context alone: what is rolled are the bars from where its own predictions begin.
      const strategies = { ...spec.settings.strategies, predictionMethods: ['direct'] as const };
      const whole = { ...loaded, spec: { ...spec, settings: { ...spec.settings, strategies } } };
      base = {
        context: createContext(whole),
        bars: { candles: loaded.candles, higher: loaded.higher },
        labels: new SharedLabels(),
        folds: new Map(),
        rollouts: new Map(),
      };
      this.#bases.set(name, base);
    }
    return base;
  }

  #context(base: Base, { spec }: LoadedContext): BatchContext {
    const fold = nameOfFold(spec);
    let context = base.folds.get(fold);
    if (context === undefined) {
      const { candles, features, fitAll, rowTargets } = base.context;
      context = foldContext({ spec, candles, features, fitAll, rowTargets }, spec.evaluation, base.labels.of);
      base.folds.set(fold, context);
    }
    return context;
  }
}

/** What is shared by models that see the same bars in the same way. */
interface Base {
  readonly context: BatchContext;
  readonly bars: SeenBars;
  readonly labels: SharedLabels;
  /** By what sets them apart: with those that begin at one bar all is shared but the strategy, buffers included. */
  readonly folds: Map<string, BatchContext>;
  /** Of the newest bars, by the first row. */
  readonly rollouts: Map<number, FeatureRollout>;
}

/** Regimes of the newest bars of one market, each labeled once: a label depends on the bars before it, and not on where predictions begin. */
class SharedLabels {
  readonly #known = new Map<string, { readonly regimes: RegimeLabels; from: number }>();

  readonly of: LabelsOf = ({ settings }, candles, { from, to }) => {
    const name = JSON.stringify(settings.regimes);
    const compiled = compileRegimes(settings.regimes);
    let known = this.#known.get(name);
    if (known === undefined || known.regimes.labels.length !== candles.length) {
      const names = [...compiled.map((regime) => regime.name), UNCLASSIFIED];
      const labels = new Uint8Array(candles.length).fill(compiled.length);
      known = { regimes: { names, labels }, from: to };
      this.#known.set(name, known);
    }
    const first = from - 1;
    if (first < known.from) {
      known.regimes.labels.set(labelBars(candles, compiled, first, known.from), first);
      known.from = first;
    }
    return known.regimes;
  };
}

/** Equal for specs that differ in how forecasts are made and judged alone. */
function nameOfFold(spec: ContextSpec): string {
  const { lookbackWindows } = spec.settings.strategies;
  return JSON.stringify({ ...spec, settings: { ...spec.settings, strategies: { lookbackWindows } } });
}

/** Equal for specs with the same bars, features and costs. */
function nameOfBase({
  series,
  higher,
  encoder,
  indicatorTimeframes,
  evaluation,
  settings,
}: ContextSpec): string {
  return JSON.stringify([
    series,
    higher,
    encoder,
    indicatorTimeframes,
    evaluationEnd(evaluation),
    settings.costs,
  ]);
}

/** Equal for the same model whose first prediction is of the same bar, with the same features and calendar. */
function nameOfSaid(
  modelName: string,
  { series, higher, encoder, indicatorTimeframes, evaluation, settings }: ContextSpec,
): string {
  const views = [series, ...higher].map(({ symbol, timeframe, view }) => [symbol, timeframe, view?.from]);
  return JSON.stringify([modelName, views, encoder, indicatorTimeframes, evaluation.start, settings.costs]);
}
