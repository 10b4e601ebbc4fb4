import { describe, expect, test } from 'vitest';
import type { Configuration } from '../contract/configuration.ts';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import type { StrategyAxes } from '../inference/strategy-grid.ts';
import type { Candles } from '../market/candles.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { type ContenderFigure, FIGURE_INDEX } from '../pipeline/contender-figure-names.ts';
import { type BatchContext, createContext } from '../pipeline/context.ts';
import { fitMembers } from '../pipeline/fit-members.ts';
import { hourlyContext } from '../pipeline/testing/hourly-context.ts';
import type { SelectionRules } from '../selection/decide.ts';
import { type Contender, runContenders } from './contenders.ts';
import { foldRules } from './fold-rules.ts';
import { foldCells, testWindowName } from './fold-windows.ts';
import { planFolds } from './folds.ts';
import { chooseInFold, type FoldContenders, tradeFold } from './procedure.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OWN = { daysHistory: 60, selectionDays: 40 };
const CANDLES = randomCandles(5200, 'H1', 21);
const RULES: SelectionRules = {
  scope: 'symbol_timeframe_regime',
  score: 'sharpe',
  min_score: 'auto',
  min_trades_per_regime: 5,
  min_improvement_threshold: 0.01,
  keep_top_n_per_regime: 1,
  delete_non_best_models: true,
};
const STRATEGIES: StrategyAxes = {
  predictionMethods: ['direct', 'direct_multi'],
  ensembleMethods: ['mean', 'weighted'],
  confidenceThresholds: [0, 0.4],
  lookbackWindows: [100],
};

const rules = foldRules({ scheme: 'own', testPeriodDays: 30, folds: 2 }, OWN);
const plan = planFolds(rules, { earliest: CANDLES.time[1200]!, end: CANDLES.time.at(-1)! - 5 * DAY });
const [, cell] = foldCells(plan.folds, rules, CANDLES, 100);
const TEST = testWindowName(cell!.fold);

function contextOf(candles: Candles): BatchContext {
  const { evaluation } = cell!.windows;
  return createContext(hourlyContext({ candles, evaluation, days: OWN.daysHistory, strategies: STRATEGIES }));
}

function jobOf(alpha: number, horizon: number) {
  const configuration: Configuration = {
    modelType: 'ridge',
    encoder: 'normalized',
    symbol: 'EURUSD',
    timeframe: 'H1',
    daysHistory: OWN.daysHistory,
    horizon,
    target: 'return',
    indicatorTimeframes: defaultIndicatorTimeframes('H1'),
    hyperparameters: { alpha },
  };
  const { training } = cell!.windows;
  return {
    index: 0,
    configuration,
    training,
    configHash: `${alpha}`,
    trainingKey: 't',
    rules: RULES,
    test: TEST,
  };
}

function contendersIn(context: BatchContext): FoldContenders[] {
  return [
    [1, 3],
    [100, 6],
    [1000, 9],
  ].map(([alpha, horizon], i) => ({
    cell: i,
    symbol: 'EURUSD',
    timeframe: 'H1',
    contenders: runContenders(context, jobOf(alpha!, horizon!)).contenders,
  }));
}

/** The same bars up to t, and after it other ones. */
function withOtherFuture(t: number): Candles {
  const future = randomCandles(CANDLES.length, 'H1', 22);
  const column = (name: 'open' | 'high' | 'low' | 'close' | 'volume') =>
    CANDLES[name].map((value, i) => (CANDLES.time[i]! <= t ? value : future[name][i]!));
  return {
    ...CANDLES,
    ...Object.fromEntries((['open', 'high', 'low', 'close', 'volume'] as const).map((n) => [n, column(n)])),
  };
}

const context = contextOf(CANDLES);
const cells = contendersIn(context);
const champions = chooseInFold(cells, RULES);

describe('contenders', () => {
  test('are the best eligible strategy of each regime on the selection window', () => {
    expect(cells.flatMap(({ contenders }) => contenders).length).toBeGreaterThan(3);
    for (const { contenders } of cells) {
      for (const { score, trades } of contenders) {
        expect(score).toBeGreaterThan(0);
        expect(trades).toBeGreaterThanOrEqual(RULES.min_trades_per_regime);
      }
    }
  });

  test('know nothing of the window that they trade: another future changes no choice, and no signal before it', () => {
    const turn = cell!.asOf + 10 * DAY;
    const other = contendersIn(contextOf(withOtherFuture(turn)));
    const choice = (of: readonly FoldContenders[]) =>
      of.map(({ contenders }) => contenders.map(({ signal: _, outcome: __, ...chosen }) => chosen));
    expect(choice(other)).toEqual(choice(cells));
    const times = CANDLES.time.filter((time) => time >= cell!.asOf && time <= turn);
    const signalsBefore = (of: readonly FoldContenders[]) =>
      of.map(({ contenders }) => contenders.map(({ signal }) => [...signal.slice(0, times.length)]));
    expect(signalsBefore(other)).toEqual(signalsBefore(cells));
    expect(other).not.toEqual(cells);
  });
});

test('figures of contenders are those of their trades, and of the bars of the selection window', () => {
  const window = context.windows.find(({ name }) => name === 'selection')!;
  const bars = Array.from({ length: window.to - window.from }, (_, i) => window.from + i);
  const returns = bars.slice(1).map((row) => Math.log(CANDLES.close[row]! / CANDLES.close[row - 1]!));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const spreadOf = (values: readonly number[]) =>
    Math.sqrt((mean(values.map((v) => (v - mean(values)) ** 2)) * values.length) / (values.length - 1));
  const years = context.evaluated.barsPerYear[context.windows.indexOf(window)]!;
  for (const champion of champions) {
    const { regime, cell: of, strategyIndex, figures, score, trades } = champion;
    const read = (name: ContenderFigure) => figures[FIGURE_INDEX[name]]!;
    const [alpha, horizon] = [
      [1, 3],
      [100, 6],
      [1000, 9],
    ][of] as [number, number];
    const members = fitMembers(context, jobOf(alpha, horizon)).fitted.map(({ member }) => member);
    const { columns } = context.features.matrix;
    const model = { members, horizon, columns, labels: context.labels(horizon), rollout: context.rollout };
    const segment = 1 + context.evaluator.testedRegimes.indexOf(regime);
    const traces = context.evaluator.evaluateOne(model, context.strategies[strategyIndex]!, segment);
    const y = traces.find((one) => one.window === 'selection')!.trades.map(({ netReturn }) => netReturn);
    const tOf = (of: readonly number[]) => (mean(of) * of.length) / Math.hypot(...of);
    expect([read('sharpe'), read('trades')]).toEqual([score, trades]);
    expect(read('tResult')).toBeCloseTo(tOf(y), 10);
    expect(read('tWithoutBest')).toBeCloseTo(
      tOf([...y].sort((a, b) => b - a).slice(Math.ceil(y.length / 20))),
      10,
    );
    expect(read('tDoubled')).toBeLessThan(read('tResult'));
    expect(read('volatility')).toBeCloseTo(spreadOf(returns) * Math.sqrt(years), 10);
    expect(read('trend')).toBeCloseTo(
      (mean(returns) * returns.length) / (spreadOf(returns) * Math.sqrt(bars.length)),
      8,
    );
    const own = context.regimes.names.indexOf(regime);
    expect(read('regimeShare')).toBeCloseTo(
      mean(bars.map((row) => Number(context.regimes.labels[row] === own))),
      12,
    );
    const tested = traces.find((one) => one.window === TEST)!.trades;
    expect(champion.outcome.net).toBeCloseTo(
      mean(tested.map(({ netReturn }) => netReturn)) * tested.length,
      12,
    );
  }
});

describe('champions of a fold', () => {
  test('are those that a grid would have chosen, in grid order', () => {
    const regimes = new Set(cells.flatMap(({ contenders }) => contenders.map(({ regime }) => regime)));
    expect(new Set(champions.map(({ regime }) => regime))).toEqual(regimes);
    for (const champion of champions) {
      let best: Contender | undefined;
      for (const { contenders } of cells) {
        const next = contenders.find(({ regime }) => regime === champion.regime);
        if (next && (best === undefined || next.score - best.score >= 0.01 * best.score)) best = next;
      }
      expect(champion.score).toBe(best!.score);
      expect(champion.signal).toBe(best!.signal);
    }
  });

  test('do not compete with those of another market', () => {
    const [first, second] = cells as [FoldContenders, FoldContenders];
    const chosen = chooseInFold([first, { ...second, symbol: 'GBPUSD' }], RULES);
    expect(chosen.filter(({ symbol }) => symbol === 'EURUSD')).toHaveLength(first.contenders.length);
    expect(chosen.filter(({ symbol }) => symbol === 'GBPUSD')).toHaveLength(second.contenders.length);
  });
});

describe('their trading', () => {
  const { alone, together } = tradeFold(context.evaluated, champions, TEST, () => undefined);

  test('alone is what a run of the model alone in its regime does', () => {
    for (const { regime, cell: of, strategyIndex } of champions) {
      const [alpha, horizon] = [
        [1, 3],
        [100, 6],
        [1000, 9],
      ][of] as [number, number];
      const members = fitMembers(context, jobOf(alpha, horizon)).fitted.map(({ member }) => member);
      const { columns } = context.features.matrix;
      const model = { members, horizon, columns, labels: context.labels(horizon), rollout: context.rollout };
      const segment = 1 + context.evaluator.testedRegimes.indexOf(regime);
      const trace = context.evaluator
        .evaluateOne(model, context.strategies[strategyIndex]!, segment)
        .find(({ window }) => window === TEST)!;
      expect(alone.get(regime)!.netReturn).toEqual(trace.netReturn);
      expect(alone.get(regime)!.marketDay).toEqual(trace.marketDay);
      expect(alone.get(regime)!.trades.map(({ stake }) => stake)).toEqual(
        trace.trades.map(({ stake }) => stake),
      );
    }
  });

  test('together is one position, entered by whoever has the word and kept as long as that one says', () => {
    expect(champions.length).toBeGreaterThan(1);
    const bars = together.netReturn.length;
    const plain: { entry: number; exit: number; direction: number }[] = [];
    for (let t = 0; t + 1 < bars; t++) {
      const speaker = champions.find(({ signal }) => signal[t] !== 0);
      const open = plain.find(({ entry, exit }) => entry < t + 1 && exit > t + 1);
      if (speaker === undefined) continue;
      const way = speaker.signal[t]!;
      if (open && way === -open.direction) open.exit = t + 1;
      const isBusy = plain.some(({ exit }) => exit > t + 1);
      if (!isBusy && t + 1 + speaker.horizon < bars) {
        plain.push({ entry: t + 1, exit: t + 1 + speaker.horizon, direction: way });
      }
    }
    expect(together.trades.map(({ entry, exit, direction }) => ({ entry, exit, direction }))).toEqual(plain);
    expect(plain.length).toBeGreaterThan(5);
  });
});
