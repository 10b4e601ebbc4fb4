import { bestInHindsight, tradesOfPositions } from '../backtest/hindsight.ts';
import { measureTrades } from '../backtest/measure.ts';
import { METRIC_INDEX, METRICS } from '../backtest/metrics.ts';
import { Simulation, simulate } from '../backtest/simulator.ts';
import { measuredWindow } from '../backtest/tester.ts';
import { TradeList } from '../backtest/trade-list.ts';
import type { RowRange } from '../models/model.ts';
import { createPrng, type Prng } from '../random/prng.ts';
import type { BatchContext } from './context.ts';
import type { EvaluatedModel } from './evaluated-model.ts';
import { EVALUATION_WINDOWS } from './evaluation-span.ts';
import { POLICY_HORIZON, type Policy, policyOf } from './policy.ts';

/** What an agent's policy stands beside, on the selection window over all bars. */
export const BESIDE = ['policy', 'flat', 'buy_and_hold', 'one_step', 'random', 'hindsight'] as const;

/** Null: without a trade there is none. */
export interface BesideFigures {
  readonly name: (typeof BESIDE)[number];
  /** A fraction; 0 without a trade. */
  readonly totalReturn: number;
  readonly sharpe: number | null;
  readonly sharpeError: number | null;
  readonly trades: number;
  /** Share of bars in a position. */
  readonly exposure: number;
}

const RANDOM_SETS = 200;
const SELECTION = EVALUATION_WINDOWS.indexOf('selection');

/**
 * Figures of an agent's policy and of what can be had without it: staying flat; holding a long position throughout; the same forest, asked
 * for the coming bar alone, which enters where that pays a side's cost and leaves where it no longer does; the median of random entries with
 * as many trades of the same sides and holding times; and the best there was in hindsight, costs paid.
 */
export function policyBeside(context: BatchContext, model: EvaluatedModel, seed: number): BesideFigures[] {
  const { tested } = context;
  const { market, lanes } = tested;
  const window = tested.windows[SELECTION]!;
  const span = measuredWindow({ ...tested, regimes: tested.testedRegimes.length }, SELECTION);
  const row = new Float64Array(METRICS.length);
  const figures = (name: BesideFigures['name'], trades: TradeList): BesideFigures => {
    measureTrades(trades, market, span, row, 0);
    return { name, ...figuresOf(row) };
  };
  const traded = ({ signal, market: own }: Policy): TradeList => {
    const out = new Simulation(lanes);
    simulate(signal, own, POLICY_HORIZON, window, out);
    return tradesOfPositions(joined(out, window), window);
  };
  const own = traded(policyOf(tested, model));
  const held = new Int8Array(lanes).fill(1, window.from + 1, window.to - 1);
  return [
    figures('policy', own),
    figures('flat', new TradeList(1)),
    figures('buy_and_hold', tradesOfPositions(held, window)),
    figures('one_step', traded(policyOf(tested, model, nextBarValues(model)))),
    { ...median(randomSets(own, seed)), name: 'random' },
    figures('hindsight', tradesOfPositions(bestInHindsight(market, window), window)),
  ];

  function randomSets(trades: TradeList, from: number): BesideFigures[] {
    if (trades.count === 0) return [figures('random', trades)];
    const prng = createPrng(from);
    const set = new TradeList(trades.count);
    return Array.from({ length: RANDOM_SETS }, () => {
      shuffled(trades, { from: window.from + 1, to: window.to - 1 }, prng, set);
      return figures('random', set);
    });
  }
}

/**
 * The trades in a random order with the flat bars at random between them: each of all arrangements is as likely. Those of an agent that is
 * hardly ever flat have no room to be moved one by one.
 */
function shuffled(
  { entry, exit, direction, count }: TradeList,
  { from, to }: RowRange,
  prng: Prng,
  out: TradeList,
): void {
  const order = Int32Array.from({ length: count }, (_, k) => k);
  let held = 0;
  for (let k = 0; k < count; k++) {
    const drawn = k + prng.int(count - k);
    [order[k], order[drawn]] = [order[drawn]!, order[k]!];
    held += exit[k]! - entry[k]!;
  }
  // Which of flat bars and trades, one after the other, are the trades.
  let bars = to - from - held;
  let at = from;
  for (let k = 0; k < count; ) {
    if (prng.int(bars + count - k) < bars) {
      bars--;
      at++;
      continue;
    }
    const own = order[k]!;
    out.entry[k] = at;
    at += exit[own]! - entry[own]!;
    out.exit[k] = at;
    out.direction[k] = direction[own]!;
    k++;
  }
  out.count = count;
}

/** Positions of a simulation in a window. */
function joined({ position }: Simulation, { from, to }: { readonly from: number; readonly to: number }) {
  const out = new Int8Array(position.length);
  out.set(position.subarray(from, to), from);
  return out;
}

/** What members expect of the coming bar alone, as values of positions. */
function nextBarValues({ members }: EvaluatedModel): Parameters<typeof policyOf>[2] {
  return (columns, from, count, out) => {
    const own = new Float64Array(count);
    out.fill(0, 0, 3 * count);
    for (const { agent } of members) {
      agent!.nextBar(columns, from, count, own);
      for (let i = 0; i < count; i++) {
        out[3 * i]! -= own[i]! / members.length;
        out[3 * i + 2]! += own[i]! / members.length;
      }
    }
  };
}

function median(sets: readonly BesideFigures[]): BesideFigures {
  const sorted = [...sets].sort((a, b) => a.totalReturn - b.totalReturn);
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}

function figuresOf(row: Float64Array): Omit<BesideFigures, 'name'> {
  const of = (name: keyof typeof METRIC_INDEX) => row[METRIC_INDEX[name]]!;
  const known = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    totalReturn: known(of('totalReturn')) ?? 0,
    sharpe: known(of('sharpe')),
    sharpeError: known(of('sharpeError')),
    trades: of('trades'),
    exposure: known(of('exposure')) ?? 0,
  };
}
