import type { Candles } from '../engine/market/candles.ts';
import { type RobustnessJob, testRobustness } from '../engine/pipeline/robustness.ts';
import { backtestContext, trainedModel, windowsOf } from './backtest-context.ts';
import { LINEAR, TREES } from './grid.ts';
import { hourlyCandles } from './market-data.ts';
import { cpuMs, median, type Subject } from './subject.ts';

const DAYS = 180;
const HORIZON = 12;
const WINDOWS = { selectionDays: 90, holdoutDays: 30 };

/** Seconds that a champion may take. */
const MOST = { linear: 2, tree: 6 } as const;

/** What it takes to test a champion for robustness, its features included: from candles and model file to all figures. */
export const robustnessSubject: Subject = {
  name: 'robustness',
  title: 'a champion tested for robustness, recursive and stacked, H1, in processor time',
  async measure(runs = 3) {
    const { candles, data } = await hourlyCandles('EURUSD', 20_000);
    const slowest = (types: readonly string[]) =>
      Math.max(...types.map((modelType) => secondsOf(candles, modelType, runs)));
    return {
      data: `${data}; ${DAYS} days, horizon ${HORIZON}`,
      runs,
      figures: [
        { name: 'the slowest linear type', value: slowest(LINEAR), unit: 's', atMost: MOST.linear },
        { name: 'the slowest type of trees', value: slowest(TREES), unit: 's', atMost: MOST.tree },
      ],
    };
  },
};

function secondsOf(candles: Candles, modelType: string, runs: number): number {
  const windows = windowsOf(candles, WINDOWS, DAYS);
  const context = () => backtestContext(candles, windows);
  const configuration = { modelType, daysHistory: DAYS, horizon: HORIZON };
  const model = trainedModel(context(), windows, configuration);
  const strategyIndex = context().strategies.findIndex(
    ({ predictionMethod, ensembleMethod, confidenceThreshold }) =>
      predictionMethod === 'recursive' && ensembleMethod === 'stacking' && confidenceThreshold === 0.3,
  );
  const score = { metric: 'sharpe', breakEven: 0 } as const;
  const job: RobustnessJob = { model, file: modelType, strategyIndex, alone: 'calm_ranging', score, seed: 1 };
  return median(Array.from({ length: runs }, () => cpuMs(() => void testRobustness(context(), job)))) / 1000;
}
