import { marketFrictions } from '../backtest/costs.ts';
import { dearerMarket } from '../backtest/dearer.ts';
import { measureTrades } from '../backtest/measure.ts';
import { METRIC_INDEX, METRICS, type MetricName } from '../backtest/metrics.ts';
import { RandomEntries } from '../backtest/random-entries.ts';
import { Simulation, type SimulationMarket, simulate } from '../backtest/simulator.ts';
import { measuredWindow } from '../backtest/tester.ts';
import { TradeList } from '../backtest/trade-list.ts';
import { neighborsOf, type StrategyAxis } from '../inference/neighbors.ts';
import { decodeModelFile } from '../models/codec.ts';
import { createPrng } from '../random/prng.ts';
import { EXIT_REASONS, INSIDE } from '../targets/trade-exits.ts';
import { contenderFigures } from './contender-figures.ts';
import { type BatchContext, testedRegime } from './context.ts';
import { EVALUATION_WINDOWS } from './evaluation-span.ts';
import { ALL_BARS, type EvaluationTable, metricOf } from './evaluation-table.ts';
import type { StrategyTrace } from './strategy-trace.ts';
import { storedModelIn } from './target-model.ts';

/** How many times as much trading costs. */
export const COST_FACTORS = [1.5, 2] as const;

/** Part of the trades, those with the best results, that are taken away; rounded up. */
export const BEST_TRADES = 0.05;

export const RANDOM_SETS = 1000;

/** Parts of the random sets that score less than what is given of them. */
export const RANDOM_QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** Rises when one of the figures below gets another meaning or other random numbers. */
export const ROBUSTNESS_VERSION = 1;

/** What strategies are ranked by. */
export interface RobustnessScore {
  readonly metric: MetricName;
  /** Of a strategy that neither wins nor loses. What has no score, because it has no trade or a ratio has denominator 0, counts as this. */
  readonly breakEven: number;
}

export interface RobustnessJob {
  /** The model file, and what messages call it. */
  readonly model: Uint8Array;
  readonly file: string;
  /** Position in the context's canonical order. */
  readonly strategyIndex: number;
  /** Name of the regime whose signals alone it trades; null: all. */
  readonly alone: string | null;
  readonly score: RobustnessScore;
  readonly seed: number;
}

export interface RobustnessOutcome {
  /** NaN where it is not defined. */
  readonly score: number;
  readonly trades: number;
}

export interface NeighborOutcome extends RobustnessOutcome {
  readonly axis: StrategyAxis;
  readonly value: string | number;
}

/** What a strategy's score on the selection window comes to where one thing is not as it was when it was chosen. */
export interface RobustnessReport {
  readonly modelKey: string;
  readonly own: RobustnessOutcome;
  /** METRICS of it. */
  readonly metrics: Float64Array;
  readonly neighbors: readonly NeighborOutcome[];
  /** Median of the neighbors' scores; NaN without neighbors. */
  readonly neighborMedian: number;
  /** The same trades, with each fill, and each night that costs anything, at so many times its cost; as COST_FACTORS. */
  readonly costs: readonly RobustnessOutcome[];
  /** Each signal acted upon one bar later. */
  readonly late: RobustnessOutcome;
  /** Without the best trades. */
  readonly withoutBest: RobustnessOutcome;
  /** CONTENDER_FIGURES; the family-wise p is not known here. */
  readonly contender: Float64Array;
  readonly random: {
    readonly sets: number;
    /** Part of the sets that score less, half of those that score the same included. */
    readonly percentile: number;
    /** As RANDOM_QUANTILES. */
    readonly quantiles: readonly number[];
  };
}

/**
 * Tests how much of a stored model's score with one strategy hangs on details of how it was come by. Forward passes alone, on the
 * selection window alone.
 * @throws EngineError `artifact-damaged` or `artifact-newer` for a model file that can't be read, `invalid-input` for a regime that
 * no strategy is tested in
 */
export function testRobustness(context: BatchContext, job: RobustnessJob): RobustnessReport {
  const file = decodeModelFile(job.model, job.file);
  const model = storedModelIn(context, file);
  const segment = job.alone === null ? ALL_BARS : 1 + testedRegime(context, job.alone);
  const strategy = context.strategies[job.strategyIndex]!;
  const trace = context.evaluator.evaluateOne(model, strategy, segment)[SELECTION]!;
  const own = trace.metrics.slice(segment * METRICS.length, (segment + 1) * METRICS.length);
  const exits = trace.exits;
  const market = model.market ?? context.tested.market;
  const desk = new Desk(context, job.score, exits === undefined ? market : { ...market, exits });
  const trades = desk.listOf(trace);
  const score = desk.scoreOf(own);

  const table = context.evaluator.evaluateStrategies(
    model,
    neighborsOf(strategy, context.spec.settings.strategies).map((one) => one.strategy),
  );
  const neighbors = neighborOutcomes(context, table, job, segment);
  return {
    modelKey: file.modelKey,
    own: { score, trades: trades.count },
    metrics: own,
    neighbors,
    neighborMedian: quantile(sorted(neighbors.map((one) => desk.orBreakEven(one.score))), 0.5),
    costs: desk.dearer().map((market) => desk.measure(trades, market)),
    late: desk.measure(
      exits === undefined ? desk.late(trace.signal, model.horizon) : desk.laterTrades(trades),
    ),
    withoutBest: desk.measure(withoutBest(trades, trace)),
    contender: contenderFigures(context, table, { strategy, segment, trace, familyWiseP: Number.NaN }),
    random: desk.random(trades, allowedEntries(context, trace, segment), score, job.seed),
  };
}

const SELECTION = EVALUATION_WINDOWS.indexOf('selection');

function neighborOutcomes(
  { spec, strategies }: BatchContext,
  table: EvaluationTable,
  { strategyIndex, score }: RobustnessJob,
  segment: number,
): NeighborOutcome[] {
  const neighbors = neighborsOf(strategies[strategyIndex]!, spec.settings.strategies);
  return neighbors.map(({ axis, strategy }, k) => ({
    axis,
    value: strategy[axis],
    score: metricOf(table, k, 'selection', segment, score.metric),
    trades: metricOf(table, k, 'selection', segment, 'trades'),
  }));
}

/** Lanes of the selection window that the strategy could have entered at: after a bar of its regime, with a confidence. */
function allowedEntries(
  { tested }: BatchContext,
  { confidence, exits }: StrategyTrace,
  segment: number,
): Uint8Array {
  const { lanes, windows, market } = tested;
  const { from, to } = windows[SELECTION]!;
  const allowed = new Uint8Array(lanes);
  for (let lane = from + 1; lane < to; lane++) {
    const isRegime = segment === ALL_BARS || market.regimeAtOpen[lane] === segment - 1;
    // An agent needs no confidence.
    if (isRegime && (exits !== undefined || !Number.isNaN(confidence[lane - 1 - from]))) allowed[lane] = 1;
  }
  return allowed;
}

/** The trades but for the best, in their order; the first of equals goes first. */
function withoutBest(trades: TradeList, { trades: traced }: StrategyTrace): TradeList {
  const removed = Math.ceil(BEST_TRADES * trades.count);
  const byResult = traced
    .map((_, k) => k)
    .sort((a, b) => traced[b]!.netReturn - traced[a]!.netReturn || a - b);
  const gone = new Set(byResult.slice(0, removed));
  const left = new TradeList(trades.count);
  for (let k = 0; k < trades.count; k++) {
    if (gone.has(k)) continue;
    left.entry[left.count] = trades.entry[k]!;
    left.exit[left.count] = trades.exit[k]!;
    left.how[left.count] = trades.how[k]!;
    left.direction[left.count++] = trades.direction[k]!;
  }
  return left;
}

/** Measures lists of trades on the selection window. */
class Desk {
  readonly #context: BatchContext;
  readonly #score: RobustnessScore;
  readonly #row = new Float64Array(METRICS.length);

  readonly #market: SimulationMarket;

  constructor(context: BatchContext, score: RobustnessScore, market: SimulationMarket) {
    this.#context = context;
    this.#score = score;
    this.#market = market;
  }

  scoreOf(metrics: Float64Array): number {
    return metrics[METRIC_INDEX[this.#score.metric]]!;
  }

  orBreakEven(score: number): number {
    return Number.isNaN(score) ? this.#score.breakEven : score;
  }

  measure(trades: TradeList, market: SimulationMarket = this.#market): RobustnessOutcome {
    const { tested } = this.#context;
    const span = { ...tested, regimes: tested.testedRegimes.length };
    measureTrades(trades, market, measuredWindow(span, SELECTION), this.#row, 0);
    return { score: this.scoreOf(this.#row), trades: trades.count };
  }

  /** In lanes. */
  listOf({ trades }: StrategyTrace): TradeList {
    const { from } = this.#context.tested.rows;
    const list = new TradeList(this.#context.tested.lanes);
    for (const { entry, exit, direction, inside, reason } of trades) {
      list.entry[list.count] = entry - from;
      list.exit[list.count] = exit - from;
      list.how[list.count] = EXIT_REASONS.indexOf(reason) + (inside ? INSIDE : 0);
      list.direction[list.count++] = direction;
    }
    return list;
  }

  dearer(): SimulationMarket[] {
    const { candles, spec, span } = this.#context;
    const swaps = marketFrictions(candles, spec.settings.costs, span);
    return COST_FACTORS.map((factor) => dearerMarket(this.#market, swaps, factor));
  }

  /** The trades of signals that are each acted upon a bar later. `signal`: of the bars of the window. */
  late(signal: Int8Array, horizon: number): TradeList {
    const { lanes, windows } = this.#context.tested;
    const window = windows[SELECTION]!;
    const later = new Int8Array(lanes);
    later.set(signal.subarray(0, -1), window.from + 1);
    const out = new Simulation(lanes);
    simulate(later, this.#market, horizon, window, out);
    return tradesOf(out);
  }

  /** An agent's positions, each entered and left a bar later; none is held beyond the window. */
  laterTrades(trades: TradeList): TradeList {
    const last = this.#context.tested.windows[SELECTION]!.to - 1;
    const later = new TradeList(trades.count);
    for (let k = 0; k < trades.count; k++) {
      const entry = trades.entry[k]! + 1;
      if (entry >= last) continue;
      later.entry[later.count] = entry;
      later.exit[later.count] = Math.min(last, trades.exit[k]! + 1);
      later.how[later.count] = trades.how[k]!;
      later.direction[later.count++] = trades.direction[k]!;
    }
    return later;
  }

  random(trades: TradeList, allowed: Uint8Array, own: number, seed: number): RobustnessReport['random'] {
    const { lanes, windows } = this.#context.tested;
    const scores = new Float64Array(RANDOM_SETS).fill(this.#score.breakEven);
    if (trades.count > 0) {
      const entries = new RandomEntries(trades, allowed, windows[SELECTION]!, createPrng(seed));
      const set = new TradeList(lanes);
      for (let i = 0; i < RANDOM_SETS; i++) {
        entries.draw(set);
        scores[i] = this.orBreakEven(this.measure(set).score);
      }
    }
    const rank = this.orBreakEven(own);
    let below = 0;
    for (const score of scores) below += score < rank ? 1 : score === rank ? 0.5 : 0;
    scores.sort();
    return {
      sets: RANDOM_SETS,
      percentile: below / RANDOM_SETS,
      quantiles: RANDOM_QUANTILES.map((part) => quantile(scores, part)),
    };
  }
}

function tradesOf({ trades, entry, exit, direction, how }: Simulation): TradeList {
  const list = new TradeList(trades);
  list.count = trades;
  list.entry.set(entry.subarray(0, trades));
  list.exit.set(exit.subarray(0, trades));
  list.how.set(how.subarray(0, trades));
  list.direction.set(direction.subarray(0, trades));
  return list;
}

const sorted = (values: readonly number[]) => Float64Array.from(values).sort();

/** Of ascending values, by linear interpolation between neighbors (Hyndman and Fan 1996, type 7); NaN of none. */
function quantile(values: Float64Array, part: number): number {
  if (values.length === 0) return Number.NaN;
  const place = part * (values.length - 1);
  const below = Math.floor(place);
  const low = values[below]!;
  return low + (place - below) * ((values[below + 1] ?? low) - low);
}
