import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EncoderName } from '../../contract/words.ts';
import { writeCandleFile } from '../../market/series/candle-file.ts';
import { createCandleFolder } from '../../market/series/candle-folder.ts';
import { type CandleSource, seriesRef } from '../../market/series/candle-source.ts';
import { resample } from '../../market/series/resample.ts';
import { randomCandles } from '../../market/testing/random-candles.ts';
import { runCell } from '../../pipeline/cell.ts';
import { createContext } from '../../pipeline/context.ts';
import type { CellJob, CellResult, ContextSpec, EvaluationJob } from '../../pipeline/job.ts';
import { loadContext, namedCandles, viewRefs } from '../../pipeline/view.ts';
import { windowsBefore } from '../../pipeline/windows.ts';

export const SYMBOLS = ['EURUSD', 'GBPUSD'] as const;
export type WorldSymbol = (typeof SYMBOLS)[number];

/** A sound configuration's horizon; see FAULTY_HORIZONS for others. */
export const SOUND = 3;

/** When the last of 1,500 hourly bars closes. */
const END = randomCandles(1500).time.at(-1)! + 3_600_000;
const WINDOWS = windowsBefore(END, { holdoutDays: 5, selectionDays: 15 }, 30);
const VIEW = { from: 0, to: END };

/** Two symbols' hourly candles in a folder, and cells that are trained on them within milliseconds. */
export interface TrainingWorld {
  readonly folder: string;
  source(): CandleSource;
  /** Indicators are on H1 and on H4, which is not stored. */
  spec(symbol?: WorldSymbol, encoder?: EncoderName): ContextSpec;
  /** One cell per horizon; `index` is that of the first. */
  cells(horizons: readonly number[], index?: number): CellJob[];
  /** What a cell gives in a context made for it alone. */
  fresh(spec: ContextSpec, cell: CellJob): CellResult;
  /** Of cells' results: each model, to be followed again with all of its strategies. */
  evaluations(results: readonly CellResult[], cells: readonly CellJob[]): EvaluationJob[];
  remove(): void;
}

export function createTrainingWorld(): TrainingWorld {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-training-'));
  const series = SYMBOLS.map((symbol, i) => ({ ...randomCandles(1500, 'H1', 1 + i), symbol }));
  for (const candles of series) writeCandleFile(folder, candles);
  const candlesOf = (symbol: string) => series.find((candles) => candles.symbol === symbol)!;

  return {
    folder,
    source: () => createCandleFolder(folder),

    spec(symbol = 'EURUSD', encoder = 'normalized') {
      const own = seriesRef(candlesOf(symbol));
      const higher = seriesRef(resample(candlesOf(symbol), 'H4', 'new_york'));
      return {
        ...viewRefs(
          own,
          [{ ...higher, base: { timeframe: own.timeframe, digest: own.digest, dayStart: 'new_york' } }],
          VIEW,
        ),
        dataDigest: own.digest,
        evaluation: WINDOWS.evaluation,
        encoder,
        indicatorTimeframes: { rsi: ['H1', 'H4'], roc: ['H1'], sma: ['H1'] },
        settings: {
          members: 2,
          seed: 1,
          strategies: {
            predictionMethods: ['direct'],
            ensembleMethods: ['mean'],
            confidenceThresholds: [0.2],
            lookbackWindows: [25],
          },
          regimes: [],
          costs: {
            spreadPips: 0.1,
            slippagePips: 0,
            commissionPerSide: 0,
            swapLongPips: 0,
            swapShortPips: 0,
          },
        },
      };
    },

    cells: (horizons, first = 0) =>
      horizons.map((horizon, i) => ({
        index: first + i,
        training: WINDOWS.training,
        configuration: {
          modelType: 'random_forest',
          encoder: 'normalized',
          symbol: 'EURUSD',
          timeframe: 'H1',
          daysHistory: 30,
          horizon,
          target: 'return',
          indicatorTimeframes: {},
          hyperparameters: { n_estimators: 2, max_depth: 3 },
        },
        configHash: `hash ${first + i}`,
        trainingKey: `key ${first + i}`,
      })),

    fresh(spec, cell) {
      const candles = candlesOf(spec.series.symbol);
      const higher = [namedCandles(resample(candles, 'H4', 'new_york'))];
      const context = createContext({ ...loadContext(namedCandles(candles), higher, VIEW, spec), spec });
      return { ...runCell(context, cell), seconds: 0 };
    },

    evaluations: (results, cells) =>
      results.flatMap((result, i) => {
        if (result.status === 'failed') return [];
        const { configuration } = cells[i]!;
        const { index, artifact: model } = result;
        return [{ index, configuration, model, file: `model ${index}`, strategies: [0] }];
      }),

    remove: () => rmSync(folder, { recursive: true }),
  };
}
