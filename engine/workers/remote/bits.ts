import { createHash } from 'node:crypto';
import type { Candles } from '../../market/candles.ts';
import { candleDigest } from '../../market/series/candle-file.ts';
import { seriesRef } from '../../market/series/candle-source.ts';
import { runCell } from '../../pipeline/cell.ts';
import { createContext } from '../../pipeline/context.ts';
import type { CellJob, ContextSpec } from '../../pipeline/job.ts';
import { windowsBefore } from '../../pipeline/windows.ts';
import { createPrng } from '../../random/prng.ts';

/** Hourly bars of the walk; enough for the windows below and their warm-up. */
const BARS = 1200;
const HOUR = 3_600_000;
const FIRST = Date.UTC(2020, 0, 6);

/**
 * Names the bits that this machine computes: 12 hexadecimal digits of the SHA-256 of two small models, trained on a seeded walk, and of
 * the figures of their backtests. Whatever differs between processors or JavaScript engines and reaches a result reaches these; workers
 * that give other bits than the host are not given its work.
 */
export function bitsOfThisMachine(): string {
  const candles = walk();
  const windows = windowsBefore(FIRST + BARS * HOUR, { holdoutDays: 3, selectionDays: 10 }, 20);
  const spec: ContextSpec = {
    series: seriesRef(candles),
    higher: [],
    dataDigest: candleDigest(candles),
    evaluation: windows.evaluation,
    encoder: 'time_delta',
    indicatorTimeframes: { rsi: ['H1'], atr: ['H1'], roc: ['H1'] },
    settings: {
      members: 2,
      seed: 1,
      strategies: {
        predictionMethods: ['direct', 'recursive'],
        ensembleMethods: ['mean', 'stacking'],
        confidenceThresholds: [0.2],
        lookbackWindows: [25],
      },
      regimes: [],
      costs: { spreadPips: 1, slippagePips: 0, commissionPerSide: 0, swapLongPips: 0, swapShortPips: 0 },
    },
  };
  const context = createContext({ spec, candles, higher: [] });
  const hash = createHash('sha256');
  for (const [index, [modelType, hyperparameters]] of MODELS.entries()) {
    const job: CellJob = {
      index,
      training: windows.training,
      configHash: 'bits',
      trainingKey: 'bits',
      configuration: {
        modelType,
        encoder: 'time_delta',
        symbol: candles.symbol,
        timeframe: candles.timeframe,
        daysHistory: 20,
        horizon: 3,
        target: 'return',
        indicatorTimeframes: spec.indicatorTimeframes,
        hyperparameters,
      },
    };
    const { artifact, results } = runCell(context, job);
    hash.update(artifact).update(new Uint8Array(results.buffer, results.byteOffset, results.byteLength));
  }
  return hash.digest('hex').slice(0, 12);
}

const MODELS = [
  ['xgboost', { n_estimators: 5, max_depth: 3 }],
  ['ridge', {}],
] as const;

function walk(): Candles {
  const prng = createPrng(20);
  const column = () => new Float64Array(BARS);
  const candles = {
    symbol: 'EURUSD',
    timeframe: 'H1',
    length: BARS,
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    spread: column(),
    synthetic: true,
  } as const;
  let price = 1.1;
  for (let i = 0; i < BARS; i++) {
    candles.time[i] = FIRST + i * HOUR;
    candles.open[i] = price;
    price *= Math.exp(0.001 * prng.normal());
    candles.close[i] = price;
    candles.high[i] = Math.max(candles.open[i]!, price) * 1.0004;
    candles.low[i] = Math.min(candles.open[i]!, price) * 0.9996;
    candles.volume[i] = prng.int(1000);
    candles.spread[i] = 0.0001;
  }
  return candles;
}
