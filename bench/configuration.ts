import { defaultIndicatorTimeframes } from '../engine/features/timeframes.ts';
import { runCell } from '../engine/pipeline/cell.ts';
import type { BatchContext } from '../engine/pipeline/context.ts';
import type { CellJob } from '../engine/pipeline/job.ts';
import type { TimeRange } from '../engine/pipeline/windows.ts';
import { backtestContext, windowsOf } from './backtest-context.ts';
import { hourlyCandles } from './market-data.ts';
import { type Figure, medianCpuMs, type Subject } from './subject.ts';

const HORIZON = 12;
const DAYS = 180;
const MODEL_TYPES = ['random_forest', 'gradient_boosting', 'xgboost', 'lightgbm'];

export const configurationSubject: Subject = {
  name: 'configuration',
  title: 'one whole tree configuration: 3 members on 180 days of H1, 135 strategies on 90, horizon 12',
  async measure(runs = 7) {
    const { candles, data } = await hourlyCandles('EURUSD', 20_000);
    const windows = windowsOf(candles, { selectionDays: 90, holdoutDays: 0 }, DAYS);
    const context = backtestContext(candles, windows);
    return {
      data: `${data}; processor time of one thread`,
      runs,
      figures: MODEL_TYPES.flatMap((modelType) => figuresOf(modelType, context, windows.training, runs)),
    };
  },
};

function figuresOf(modelType: string, context: BatchContext, training: TimeRange, runs: number): Figure[] {
  const job: CellJob = {
    index: 0,
    training,
    configuration: {
      modelType,
      encoder: 'normalized',
      symbol: 'EURUSD',
      timeframe: 'H1',
      daysHistory: DAYS,
      horizon: HORIZON,
      target: 'return',
      indicatorTimeframes: defaultIndicatorTimeframes('H1'),
      hyperparameters: {},
    },
    configHash: modelType,
    trainingKey: '',
  };
  const { artifact } = runCell(context, job);
  return [
    {
      name: modelType,
      value: medianCpuMs(runs, () => runCell(context, job)) / 1000,
      unit: 's',
      atMost: 0.6,
    },
    { name: `${modelType}, model file`, value: artifact.length / 1000, unit: 'kB' },
  ];
}
