import { DEFAULT_STRATEGY_AXES, strategyGrid } from '../engine/inference/strategy-grid.ts';
import { type Candles, candlesWithin } from '../engine/market/candles.ts';
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

/**
 * What it takes to say what 50 models of one market make of a bar that has just closed: from candles on. They were asked about the bar before,
 * so that they are decoded, and what they said of earlier bars is known; beside it, the first time that they are asked.
 */
export const signalsSubject: Subject = {
  name: 'signals',
  title: 'a newly closed bar scored by 50 models of one market, H1, in processor time',
  async measure(runs = 3) {
    const { candles, data } = await hourlyCandles('EURUSD', 20_000);
    const models = TYPES.map((modelType) => trained(candles, modelType));
    const version = (lookback: number) => candles.time[candles.length - SINCE - lookback]!;
    const champion = windowsOf(candles, WINDOWS, DAYS).evaluation.start;
    const direct = ['direct', 'direct_multi'] as const;
    const jobsAt = (methods: readonly string[], startOf: Asked['startOf'], bar: number) =>
      jobsOf(candles, models, { methods, startOf, close: candles.time[bar]! + 3_600_000 });
    /** Bar after bar, the newest last. */
    const ms = (methods: readonly string[], startOf: Asked['startOf']) => {
      const decoded = new DecodedModels();
      const first = candles.length - 1 - runs;
      for (const bar of [first - 2, first - 1, first]) score(jobsAt(methods, startOf, bar), decoded);
      const bars = Array.from({ length: runs }, (_, run) => jobsAt(methods, startOf, first + 1 + run));
      return median(bars.map((jobs) => cpuMs(() => score(jobs, decoded))));
    };
    /** With nothing known but the models. */
    const firstMs = (methods: readonly string[], startOf: Asked['startOf']) => {
      const jobs = jobsAt(methods, startOf, candles.length - 1);
      score(jobs, new DecodedModels());
      return median(
        Array.from({ length: runs }, () => {
          const decoded = new DecodedModels();
          for (const job of jobs) decoded.of(job);
          return cpuMs(() => score(jobs, decoded));
        }),
      );
    };
    return {
      data: `${data}; ${DAYS} days, horizon ${HORIZON}, ${TYPES.join(', ')}`,
      runs,
      figures: [
        { name: 'versions, direct', value: ms(direct, version), unit: 'ms', atMost: MOST_MS },
        { name: 'versions, recursive', value: ms(['recursive'], version), unit: 'ms', atMost: MOST_MS },
        { name: 'champions, direct', value: ms(direct, () => champion), unit: 'ms', atMost: MOST_MS },
        {
          name: 'champions, recursive',
          value: ms(['recursive'], () => champion),
          unit: 'ms',
          atMost: MOST_MS,
        },
        { name: 'versions, direct, asked for the first time', value: firstMs(direct, version), unit: 'ms' },
        {
          name: 'versions, recursive, asked for the first time',
          value: firstMs(['recursive'], version),
          unit: 'ms',
        },
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
      context: {
        spec,
        candles: candlesWithin(whole.candles, { to: close }),
        higher: whole.higher.map((series) => candlesWithin(series, { to: close })),
      },
      model: models[k % models.length]!,
      file: `model ${k}`,
      modelName: `model ${k}`,
      alone: null,
    };
  });
}
