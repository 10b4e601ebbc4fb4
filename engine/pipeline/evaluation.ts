import { createTester } from '../backtest/kernel/compiled-tester.ts';
import { METRICS } from '../backtest/metrics.ts';
import { POSITIONS } from '../backtest/policy.ts';
import { maskWords } from '../backtest/signal-lists.ts';
import { SignalMemory } from '../backtest/signal-memory.ts';
import { Simulation, type SimulationMarket, simulate } from '../backtest/simulator.ts';
import type { SignalTester } from '../backtest/tester.ts';
import { EngineError } from '../contract/errors.ts';
import { type EnsembleMethod, type ForecastMethod, POLICY } from '../contract/words.ts';
import type { Scorer } from '../inference/confidence.ts';
import type { ForecastTask } from '../inference/forecast.ts';
import { createScorer } from '../inference/kernel/compiled-scorer.ts';
import { signals } from '../inference/signal.ts';
import type { Strategy } from '../inference/strategy-grid.ts';
import { joinSides } from '../inference/two-sides.ts';
import { exitReason, INSIDE } from '../targets/trade-exits.ts';
import type { EvaluatedModel, EvaluatedSide } from './evaluated-model.ts';
import type { EvaluationSpan } from './evaluation-span.ts';
import { ALL_BARS, type EvaluationTable, rowIndex, tableSize } from './evaluation-table.ts';
import { ModelForecasts, type RolloutFrom } from './model-forecasts.ts';
import { type EvaluationObserver, SumsRecorder } from './observer.ts';
import { isPolicy, POLICY_HORIZON, type Policy, policyOf } from './policy.ts';
import type { SaidOfSide } from './said-before.ts';
import type { StrategyTrace, Trade } from './strategy-trace.ts';

/** What is known of a model's forecasts, by side, and how the lanes from one on are rolled forward. */
export interface ForecastBefore {
  readonly sides: readonly SaidOfSide[] | undefined;
  readonly rolloutFrom: RolloutFrom;
}

/**
 * Backtests the strategies of models on one evaluation span. All buffers are made here once, and every model after
 * the first costs no allocation but its table.
 */
export class Evaluator {
  readonly #span: EvaluationSpan;
  readonly #members: number;
  readonly #forecasts: ModelForecasts;
  /** Of models with two sides. */
  #short: ShortSide | undefined;
  /** Whether the last one has two. */
  #hasSides = false;
  readonly #scorer: Scorer;
  readonly #combined: Float64Array;
  readonly #confidence: Float64Array;
  readonly #signal: Int8Array;
  #tester: SignalTester;
  readonly #spanTester: SignalTester;
  /** Of the market with exits that was traded last. */
  #exitTester: { readonly market: SimulationMarket; readonly tester: SignalTester } | undefined;
  /** Of an agent, how it trades. */
  #policy: Policy | undefined;
  readonly #simulation: Simulation;
  readonly #memory: SignalMemory;
  #recorder: SumsRecorder | undefined;

  constructor(span: EvaluationSpan, members: number) {
    this.#span = span;
    this.#members = members;
    this.#forecasts = new ModelForecasts(span.lanes, members);
    this.#scorer = createScorer(span.lanes);
    this.#combined = new Float64Array(span.lanes);
    this.#confidence = new Float64Array(span.lanes);
    this.#signal = new Int8Array(span.lanes);
    this.#spanTester = createTester({ ...span, regimes: span.testedRegimes.length });
    this.#tester = this.#spanTester;
    this.#memory = new SignalMemory(maskWords(span.lanes));
    this.#simulation = new Simulation(span.lanes);
  }

  /** Regimes that strategies are tested in: segment r + 1 of the results is that of regime r. */
  get testedRegimes(): readonly string[] {
    return this.#span.testedRegimes;
  }

  /**
   * The figures of every strategy in each window, for all bars and alone in each regime. Strategies that differ in
   * the threshold only share their confidence, those of one prediction method its forecasts; `strategyGrid` puts them
   * next to each other. Those whose signals are the same are simulated once, and an observer is told of the first; it
   * is told of each result as it is computed, in the windows that it wants.
   *
   * @throws EngineError `training-failed` when a member's forecast is not finite
   */
  evaluateStrategies(
    model: EvaluatedModel,
    strategies: readonly Strategy[],
    observer?: EvaluationObserver,
  ): EvaluationTable {
    const { windows, testedRegimes } = this.#span;
    const regimes = testedRegimes.length;
    const rowOf = (strategy: number, w: number) => rowIndex(regimes, strategy, w, windows.length);
    const values = new Float64Array(tableSize(strategies.length, regimes, windows.length));
    this.#start(model);
    const memory = this.#memory;
    memory.clear();
    let previous: Strategy | undefined;
    for (let s = 0; s < strategies.length; s++) {
      const strategy = strategies[s]!;
      this.#prepare(model, strategy, previous);
      previous = strategy;
      const twin = memory.firstWith(this.#tester.select(strategy.confidenceThreshold), s);
      if (twin !== s) {
        values.copyWithin(rowOf(s, 0), rowOf(twin, 0), rowOf(twin + 1, 0));
        observer?.repeats?.(s, twin);
        continue;
      }
      for (let w = 0; w < windows.length; w++) {
        const row = rowOf(s, w);
        const isWatched = observer !== undefined && (observer.windows?.includes(w) ?? true);
        const held = this.#holding(model);
        if (!isWatched) this.#tester.measure(w, held, values, row);
        else this.#observeWindow(held, w, values, row, s, observer);
      }
    }
    return { strategies, windows: windows.map(({ name }) => name), regimeNames: testedRegimes, values };
  }

  /**
   * What one strategy did, bar by bar and trade by trade, in all regimes or alone in one; its metrics are bit-identical to
   * `evaluateStrategies`.
   *
   * @param segment ALL_BARS, or 1 + the index of the regime
   * @param before what is known of its forecasts
   */
  evaluateOne(
    model: EvaluatedModel,
    strategy: Strategy,
    segment: number = ALL_BARS,
    before?: ForecastBefore,
  ): StrategyTrace[] {
    this.#start(model, before?.sides);
    this.#prepare(model, strategy, undefined, before?.rolloutFrom);
    this.#tester.select(strategy.confidenceThreshold);
    this.#decide(strategy);
    const metrics = this.#span.windows.map((_, w) => {
      const row = new Float64Array((1 + this.#span.testedRegimes.length) * METRICS.length);
      this.#tester.measure(w, this.#holding(model), row, 0);
      return row;
    });
    if (segment !== ALL_BARS) this.#keepSignalsOf(segment - 1);
    return metrics.map((row, w) => this.#trace(model, w, row));
  }

  /** What the members of each side of the last model forecast, until there is another; undefined of an agent. */
  get said(): readonly SaidOfSide[] | undefined {
    if (this.#policy !== undefined) return undefined;
    return this.#hasSides ? [this.#forecasts.said, this.#short!.forecasts.said] : [this.#forecasts.said];
  }

  /** Checks a model against the span and makes its direct forecasts, which the other methods start from. */
  #start(model: EvaluatedModel, before?: readonly SaidOfSide[]): void {
    this.#check(model, model.horizon);
    if (isPolicy(model)) {
      this.#policy = policyOf(this.#span, model);
      this.#tester = this.#testerIn(this.#policy.market);
      return;
    }
    this.#policy = undefined;
    this.#forecasts.start(this.#task(model, model), before?.[0]);
    this.#hasSides = model.short !== undefined;
    if (model.short !== undefined) {
      this.#check(model.short, model.horizon);
      this.#short ??= shortSide(this.#span.lanes, this.#members);
      this.#short.forecasts.start(this.#task(model, model.short), before?.[1]);
    }
    this.#tester = this.#testerIn(model.market);
  }

  /** Bars that a position is held at least, where it is not turned round. */
  #holding({ horizon }: EvaluatedModel): number {
    return this.#policy === undefined ? horizon : POLICY_HORIZON;
  }

  #check({ members, labels }: EvaluatedSide, horizon: number): void {
    const { rows, lanes } = this.#span;
    if (members.length !== this.#members) {
      throw new EngineError(
        'internal',
        `Expected a model of ${this.#members} members, found ${members.length}.`,
      );
    }
    for (let lane = 0; lane < lanes - 1 - horizon; lane++) {
      if (Number.isFinite(labels[rows.from + lane])) continue;
      throw new EngineError(
        'internal',
        `Expected a known outcome at row ${rows.from + lane}, ${horizon + 1} bars or more before the span's end, ` +
          `found ${labels[rows.from + lane]}.`,
      );
    }
  }

  #testerIn(market: SimulationMarket | undefined): SignalTester {
    if (market === undefined) return this.#spanTester;
    if (this.#exitTester?.market !== market) {
      const span = this.#span;
      this.#exitTester = {
        market,
        tester: createTester({ ...span, market, regimes: span.testedRegimes.length }),
      };
    }
    return this.#exitTester.tester;
  }

  #task({ columns, horizon }: EvaluatedModel, { members }: EvaluatedSide): ForecastTask {
    return { members, columns, lanes: { first: this.#span.rows.from, count: this.#span.lanes }, horizon };
  }

  /** Brings forecast and confidence to a strategy, redoing only what differs from the previous one. */
  #prepare(
    model: EvaluatedModel,
    strategy: Strategy,
    previous: Strategy | undefined,
    // Of a fold it is made when it is read, and takes longer than all the rest.
    rolloutFrom: RolloutFrom = () => model.rollout,
  ): void {
    const { predictionMethod, ensembleMethod, lookbackWindow } = strategy;
    if (this.#policy !== undefined) {
      this.#prepareDecided(this.#policy);
      return;
    }
    if (predictionMethod === POLICY) {
      throw new EngineError('internal', 'Expected an agent for a policy, found a model that forecasts.');
    }
    const sameMethod = previous?.predictionMethod === predictionMethod;
    const sameEnsemble = sameMethod && previous.ensembleMethod === ensembleMethod;
    const sameLookback = previous?.lookbackWindow === lookbackWindow;
    if (sameEnsemble && sameLookback) return;
    if (!sameMethod) this.#forecast(model, predictionMethod, rolloutFrom);
    // The mean is the same whatever the lookback.
    if (!(sameEnsemble && ensembleMethod === 'mean')) {
      this.#combine(model, ensembleMethod, lookbackWindow);
    }
    this.#scorer.score(this.#combined, this.#calm(lookbackWindow), lookbackWindow, this.#confidence);
    this.#tester.gather(this.#combined, this.#confidence);
  }

  /** What is decided already reaches the tester as forecasts beyond any cost, with all confidence. */
  #prepareDecided({ forecast, signal }: Policy): void {
    for (let lane = 0; lane < signal.length; lane++) {
      this.#combined[lane] = signal[lane] === 0 ? 0 : signal[lane]! * Number.POSITIVE_INFINITY;
    }
    this.#tester.gather(this.#combined, this.#confidence.fill(1));
    this.#combined.set(forecast);
    this.#confidence.fill(Number.NaN);
  }

  #forecast(model: EvaluatedModel, method: ForecastMethod, rolloutFrom: RolloutFrom): void {
    const { from, to } = this.#span.rows;
    const choose = (forecasts: ModelForecasts, side: EvaluatedSide) =>
      forecasts.choose(method, this.#task(model, side), rolloutFrom, side.labels.subarray(from, to));
    choose(this.#forecasts, model);
    if (model.short === undefined) {
      this.#scorer.load(this.#forecasts.current);
      return;
    }
    const { forecasts, joined } = this.#short!;
    choose(forecasts, model.short);
    // A member's vote is what its two models say together.
    joined.forEach((out, k) => {
      joinSides(this.#forecasts.current[k]!, forecasts.current[k]!, out);
    });
    this.#scorer.load(joined);
  }

  #combine({ short }: EvaluatedModel, method: EnsembleMethod, lookback: number): void {
    if (short === undefined) {
      this.#forecasts.combine(method, lookback, this.#combined);
      return;
    }
    const { forecasts, combined } = this.#short!;
    this.#forecasts.combine(method, lookback, combined.long);
    forecasts.combine(method, lookback, combined.short);
    joinSides(combined.long, combined.short, this.#combined);
  }

  #calm(lookback: number): Float64Array {
    const calm = this.#span.calm.get(lookback);
    if (calm !== undefined) return calm;
    throw new EngineError(
      'internal',
      `Expected a lookback window the span was prepared for (${[...this.#span.calm.keys()].join(', ')}), found ${lookback}.`,
    );
  }

  /** The signals of a strategy lane by lane. */
  #decide(strategy: Strategy): void {
    if (this.#policy !== undefined) {
      this.#signal.set(this.#policy.signal);
      return;
    }
    signals(
      this.#combined,
      this.#confidence,
      this.#span.roundTripCost,
      strategy.confidenceThreshold,
      this.#signal,
    );
  }

  #observeWindow(
    horizon: number,
    window: number,
    values: Float64Array,
    offset: number,
    strategy: number,
    observer: EvaluationObserver,
  ): void {
    const { marketDay, windows, testedRegimes } = this.#span;
    this.#recorder ??= new SumsRecorder(marketDay, windows, 1 + testedRegimes.length);
    this.#recorder.clear();
    this.#tester.measure(window, horizon, values, offset, this.#recorder.segments);
    for (let segment = 0; segment <= testedRegimes.length; segment++) {
      const row = offset + segment * METRICS.length;
      const sums = this.#recorder.sums(window, segment);
      observer.observe({ strategy, window, segment, values, row, sums });
    }
  }

  /** Flattens the signals of every bar of another regime. */
  #keepSignalsOf(regime: number): void {
    const { lanes, market } = this.#span;
    // The span's last signal is filled by no one.
    this.#signal[lanes - 1] = 0;
    for (let lane = 0; lane < lanes - 1; lane++) {
      if (market.regimeAtOpen[lane + 1] !== regime) this.#signal[lane] = 0;
    }
  }

  #trace(model: EvaluatedModel, window: number, metrics: Float64Array): StrategyTrace {
    const { windows, rows, regimeNames, market: spanMarket, marketDay } = this.#span;
    const policy = this.#policy;
    const market = policy?.market ?? model.market ?? spanMarket;
    const range = windows[window]!;
    const { name, from, to } = range;
    const out = this.#simulation;
    simulate(this.#signal, market, this.#holding(model), range, out);
    return {
      window: name,
      firstRow: rows.from + from,
      forecast: this.#combined.slice(from, to),
      sides:
        model.short === undefined
          ? null
          : {
              long: this.#short!.combined.long.slice(from, to),
              short: this.#short!.combined.short.slice(from, to),
            },
      confidence: this.#confidence.slice(from, to),
      signal: this.#signal.slice(from, to),
      position: out.position.slice(from, to),
      ...(policy && {
        exits: policy.market.exits!,
        choices: policy.choices.slice(POSITIONS * from, POSITIONS * to),
      }),
      marketDay: marketDay.slice(from, to),
      netReturn: out.netReturn.slice(from, to),
      trades: Array.from({ length: out.trades }, (_, k): Trade => {
        const entry = out.entry[k]!;
        const how = out.how[k]!;
        const direction = out.direction[k]! > 0 ? 1 : -1;
        return {
          entry: rows.from + entry,
          exit: rows.from + out.exit[k]!,
          direction,
          reason: exitReason(how),
          inside: how >= INSIDE,
          price: how >= INSIDE ? market.exits![direction > 0 ? 'long' : 'short'].price[entry]! : null,
          netReturn: out.tradeReturn[k]!,
          stake: market.stake[entry]!,
          regime: regimeNames[market.regimeAtOpen[entry]!]!,
        };
      }),
      metrics,
    };
  }
}

/** What models with two sides take beside the buffers of the first. */
interface ShortSide {
  readonly forecasts: ModelForecasts;
  /** What the members of each model say together. */
  readonly combined: { readonly long: Float64Array; readonly short: Float64Array };
  /** Per member, what its two models say together. */
  readonly joined: readonly Float64Array[];
}

function shortSide(lanes: number, members: number): ShortSide {
  return {
    forecasts: new ModelForecasts(lanes, members),
    combined: { long: new Float64Array(lanes), short: new Float64Array(lanes) },
    joined: Array.from({ length: members }, () => new Float64Array(lanes)),
  };
}
