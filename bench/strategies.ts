import type { Candles } from '../engine/market/candles.ts';
import { ridge } from '../engine/models/linear/index.ts';
import { memberSplits } from '../engine/models/members.ts';
import { trainingRows } from '../engine/pipeline/windows.ts';
import { backtestContext, MEMBERS, windowsOf } from './backtest-context.ts';
import { hourlyCandles } from './market-data.ts';
import { medianMs, type Subject } from './subject.ts';

const HORIZON = 12;
const DAYS = 180;

export const strategiesSubject: Subject = {
  name: 'strategies',
  title: '135 strategies of one linear model, H1, horizon 12, on all bars and alone in each of four regimes',
  async measure(runs = 21) {
    const { candles, data } = await hourlyCandles('EURUSD', 20_000);
    return {
      data,
      runs,
      figures: [
        { name: '90 days', value: backtest(candles, runs, 0), unit: 'ms', atMost: 30 },
        { name: '90 days and 30 held out', value: backtest(candles, runs, 30), unit: 'ms' },
      ],
    };
  },
};

/** Milliseconds for all strategies, the recursive rollout included. */
function backtest(candles: Candles, runs: number, holdoutDays: number): number {
  const windows = windowsOf(candles, { selectionDays: 90, holdoutDays }, DAYS);
  const context = backtestContext(candles, windows);
  const { matrix } = context.features;
  const labels = context.labels(HORIZON);
  const rows = trainingRows(context.candles, windows.training, HORIZON);
  const members = memberSplits(rows, MEMBERS, HORIZON).map((split) =>
    ridge.fit({ features: matrix, labels, ...split, seed: 1 }, { alpha: 1 }),
  );
  const model = { members, horizon: HORIZON, columns: matrix.columns, labels, rollout: context.rollout };
  return medianMs(runs, () => {
    context.evaluator.evaluateStrategies(model, context.strategies);
  });
}
