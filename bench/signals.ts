import { DEFAULT_STRATEGY_AXES, strategyGrid } from '../engine/inference/strategy-grid.ts';
import type { Candles } from '../engine/market/candles.ts';
import { DecodedModels, type NewestBarJob, NewestBars } from '../engine/pipeline/newest-bar.ts';
import { backtestContext, loadHourly, trainedModel, windowsOf } from './backtest-context.ts';
import { hourlyCandles } from './market-data.ts';
import { cpuMs, median, type Subject } from './subject.ts';

const DAYS = 180;
const HORIZON = 12;
const MODELS = 50;
const TYPES = ['ridge', 'elasticnet', 'xgboost', 'lightgbm', 'random_forest'];
/** Bars since a version was made, on top of the lead-in of its lookback. */
const SINCE = 120;
const MOST_MS = 200;
const WINDOWS = { selectionDays: 90, holdoutDays: 30 };

/** What it takes to say what 50 models of one market make of a bar that has just closed: from candles on; models are decoded since the bar before. */
export const signalsSubject: Subject = {
  name: 'signals',
  title: 'a newly closed bar scored by 50 models of one market, H1, in processor time',
  async measure(runs = 3) {
    const { candles, data } = await hourlyCandles('EURUSD', 20_000);
    const models = TYPES.map((modelType) => trained(candles, modelType));
    const close = candles.time[candles.length - 1]! + 3_600_000;
    const version = (lookback: number) => candles.time[candles.length - SINCE - lookback]!;
    const champion = windowsOf(candles, WINDOWS, DAYS).evaluation.start;
    const direct = ['direct', 'direct_multi'] as const;
    const ms = (methods: readonly string[], startOf: (lookback: number) => number) => {
      const jobs = jobsOf(candles, models, { methods, startOf, close });
      const decoded = new DecodedModels();
      score(jobs, decoded);
      return median(Array.from({ length: runs }, () => cpuMs(() => score(jobs, decoded))));
    };
    return {
      data: `${data}; ${DAYS} days, horizon ${HORIZON}, ${TYPES.join(', ')}`,
      runs,
      figures: [
        { name: 'versions, direct', value: ms(direct, version), unit: 'ms', atMost: MOST_MS },
        { name: 'versions, recursive', value: ms(['recursive'], version), unit: 'ms' },
        { name: 'champions, direct', value: ms(direct, () => champion), unit: 'ms' },
      ],
    };
  },
};

function score(jobs: readonly NewestBarJob[], models: DecodedModels): void {
  const bars = new NewestBars(models);
  for (const job of jobs) bars.of(job);
}

function trained(candles: Candles, modelType: string): Uint8Array {
  const windows = windowsOf(candles, WINDOWS, DAYS);
  const configuration = { modelType, daysHistory: DAYS, horizon: HORIZON };
  return trainedModel(backtestContext(candles, windows), windows, configuration);
}

interface Asked {
  readonly methods: readonly string[];
  /** Where predictions begin, by the strategy's lookback. */
  readonly startOf: (lookback: number) => number;
  /** Of the newest bar. */
  readonly close: number;
}

function jobsOf(
  candles: Candles,
  models: readonly Uint8Array[],
  { methods, startOf, close }: Asked,
): NewestBarJob[] {
  const strategies = strategyGrid(DEFAULT_STRATEGY_AXES).filter((one) =>
    methods.includes(one.predictionMethod),
  );
  const windows = windowsOf(candles, WINDOWS, DAYS);
  const whole = loadHourly(candles, windows);
  return Array.from({ length: MODELS }, (_, k): NewestBarJob => {
    const strategy = strategies[(k * 7) % strategies.length]!;
    const start = startOf(strategy.lookbackWindow);
    const spec = {
      ...whole.spec,
      evaluation: { start, windows: [{ name: 'live', from: start, to: close }] },
      settings: {
        ...whole.spec.settings,
        strategies: {
          predictionMethods: [strategy.predictionMethod],
          ensembleMethods: [strategy.ensembleMethod],
          confidenceThresholds: [strategy.confidenceThreshold],
          lookbackWindows: [strategy.lookbackWindow],
        },
      },
    };
    return {
      context: { ...whole, spec },
      model: models[k % models.length]!,
      file: `model ${k}`,
      modelName: `model ${k}`,
      alone: null,
    };
  });
}
