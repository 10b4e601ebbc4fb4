import { defaultIndicatorTimeframes } from '../engine/features/timeframes.ts';
import { DEFAULT_STRATEGY_AXES } from '../engine/inference/strategy-grid.ts';
import type { Candles } from '../engine/market/candles.ts';
import { resample } from '../engine/market/resample.ts';
import { ridge } from '../engine/models/linear/index.ts';
import { memberSplits } from '../engine/models/members.ts';
import { createContext } from '../engine/pipeline/context.ts';
import { trainingRows } from '../engine/pipeline/windows.ts';
import { DEFAULT_REGIMES } from '../engine/regimes/defaults.ts';
import { hourlyCandles } from './market-data.ts';
import { medianMs, type Subject } from './subject.ts';

const HORIZON = 12;
const DAYS = 180;
const MEMBERS = 3;

export const strategiesSubject: Subject = {
  name: 'strategies',
  title: '135 strategies of one linear model, H1, horizon 12',
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
  const windows = { selectionDays: 90, holdoutDays };
  const context = createContext({
    key: '',
    candleDigest: '',
    candles,
    higher: [resample(candles, 'H4')],
    encoder: 'normalized',
    indicatorTimeframes: defaultIndicatorTimeframes('H1'),
    tier: 256,
    settings: {
      windows,
      members: MEMBERS,
      seed: 1,
      strategies: DEFAULT_STRATEGY_AXES,
      regimes: DEFAULT_REGIMES,
      costs: {
        spreadPips: 1,
        slippagePips: 0.2,
        commissionPerSide: 0,
        swapLongPips: 0.8,
        swapShortPips: 0.2,
      },
    },
  });
  const { matrix } = context.features;
  const labels = context.labels(HORIZON);
  const rows = trainingRows(context.candles, windows, DAYS, HORIZON);
  const members = memberSplits(rows, MEMBERS, HORIZON).map((split) =>
    ridge.fit({ features: matrix, labels, ...split, seed: 1 }, { alpha: 1 }),
  );
  const model = { members, horizon: HORIZON, columns: matrix.columns, labels, rollout: context.rollout };
  return medianMs(runs, () => {
    context.evaluator.evaluateStrategies(model, context.strategies);
  });
}
