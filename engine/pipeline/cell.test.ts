import { createHash } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { randomCandles } from '../market/testing/random-candles.ts';
import { modelType } from '../models/catalog.ts';
import { runCell } from './cell.ts';
import { createContext } from './context.ts';
import type { CellJob } from './job.ts';
import { loadContext, namedCandles } from './view.ts';
import { windowsBefore } from './windows.ts';

const CANDLES = randomCandles(1500);
const END = CANDLES.time.at(-1)! + 3_600_000;
const WINDOWS = windowsBefore(END, { holdoutDays: 5, selectionDays: 15 }, 30);
const LOADED = loadContext(
  namedCandles(CANDLES),
  [],
  { from: 0, to: END },
  {
    dataDigest: 'a digest',
    evaluation: WINDOWS.evaluation,
    encoder: 'normalized',
    indicatorTimeframes: { rsi: ['H1'], roc: ['H1'] },
    settings: {
      members: 3,
      seed: 42,
      strategies: {
        predictionMethods: ['direct'],
        ensembleMethods: ['mean'],
        confidenceThresholds: [0.2],
        lookbackWindows: [25],
      },
      regimes: [],
      costs: { spreadPips: 1, slippagePips: 0, commissionPerSide: 0, swapLongPips: 0, swapShortPips: 0 },
    },
  },
);
const SPEC = LOADED.spec;
const JOB: CellJob = {
  index: 0,
  training: WINDOWS.training,
  configuration: {
    modelType: 'random_forest',
    encoder: 'normalized',
    symbol: 'EURUSD',
    timeframe: 'H1',
    daysHistory: 30,
    horizon: 3,
    target: 'return',
    indicatorTimeframes: SPEC.indicatorTimeframes,
    hyperparameters: { n_estimators: 3, max_depth: 3 },
  },
  configHash: 'a hash',
  trainingKey: 'a key',
};

afterEach(() => void vi.restoreAllMocks());

/** The seeds that the members of a cell are trained with. */
function seedsOf(job: Partial<CellJob> = {}, seed = 42): number[] {
  const fit = vi.spyOn(modelType('random_forest'), 'fit').mockClear();
  const spec = { ...SPEC, settings: { ...SPEC.settings, seed } };
  runCell(createContext({ ...LOADED, spec }), { ...JOB, ...job });
  return fit.mock.calls.map(([data]) => data.seed);
}

test('a member is seeded by training.seed, its configuration and its place, and by nothing else', () => {
  const seeds = seedsOf();
  const expected = [0, 1, 2].map((member) =>
    createHash('sha256').update(`42:a hash:${member}`).digest().readUInt32LE(0),
  );
  expect(seeds).toEqual(expected);
  expect(seedsOf({ index: 9, trainingKey: 'another key' })).toEqual(seeds);
  const all = [...seeds, ...seedsOf({ configHash: 'another hash' }), ...seedsOf({}, 43)];
  expect(new Set(all).size).toBe(9);
});

test('another configuration draws other numbers, so that its trees are others', () => {
  const context = createContext({ spec: SPEC, candles: CANDLES, higher: [] });
  const gains = ['a hash', 'another hash', 'a hash'].map(
    (configHash) => runCell(context, { ...JOB, configHash }).importance.gain,
  );
  expect(gains[0]).not.toEqual(gains[1]);
  expect(gains[0]).toEqual(gains[2]);
});
