import type { Candles } from '../engine/market/candles.ts';
import { ridge } from '../engine/models/linear/index.ts';
import { memberSplits } from '../engine/models/members.ts';
import type { EvaluatedModel } from '../engine/pipeline/evaluated-model.ts';
import { trainingRows } from '../engine/pipeline/windows.ts';
import { backtestContext, MEMBERS, windowsOf } from './backtest-context.ts';
import { median } from './subject.ts';

const HORIZON = 12;
const DAYS = 180;
const MIN_TRADES = 10;

/**
 * Milliseconds that luck adds to a cell: 135 strategies of one linear model with and without it, in turns, in processor time; the
 * median of the differences.
 */
export function luckCost(
  candles: Candles,
  runs: number,
): { readonly added: number; readonly without: number } {
  const windows = windowsOf(candles, { selectionDays: 90, holdoutDays: 30 }, DAYS);
  const context = backtestContext(candles, windows, { dayStart: 'new_york', minTrades: MIN_TRADES });
  const { matrix } = context.features;
  const labels = context.labels(HORIZON);
  const rows = trainingRows(context.candles, windows.training, HORIZON);
  const members = memberSplits(rows, MEMBERS, HORIZON).map((split) =>
    ridge.fit({ features: matrix, labels, ...split, seed: 1 }, { alpha: 1 }),
  );
  const model = { members, horizon: HORIZON, columns: matrix.columns, labels, rollout: context.rollout };
  for (let i = 0; i < 20; i++) times(context, model);
  const pairs = Array.from({ length: runs }, () => times(context, model));
  return {
    added: median(pairs.map(({ plain, watched }) => watched - plain)),
    without: median(pairs.map(({ plain }) => plain)),
  };
}

function times({ evaluator, strategies, luck }: ReturnType<typeof backtestContext>, model: EvaluatedModel) {
  const meter = luck!;
  const plain = cpuMs(() => void evaluator.evaluateStrategies(model, strategies));
  const watched = cpuMs(() => {
    meter.begin(strategies.length);
    evaluator.evaluateStrategies(model, strategies, meter);
    meter.take();
  });
  return { plain, watched };
}

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
