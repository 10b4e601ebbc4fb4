import { expect, it } from 'vitest';
import { configHash } from '../cells/config-hash.ts';
import type { Configuration } from '../contract/configuration.ts';
import { EngineError } from '../contract/errors.ts';
import { type GridSpecInput, parseGridSpec } from '../contract/grid.ts';
import type { StrategyAxes } from '../inference/strategy-grid.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { createContext } from '../pipeline/context.ts';
import { fitMembers } from '../pipeline/fit-members.ts';
import { hourlyContext } from '../pipeline/testing/hourly-context.ts';
import { rowsWithin, trainingRows, windowsBefore } from '../pipeline/windows.ts';
import { createClassCounter } from './class-counts.ts';
import { createGrid } from './grid.ts';
import { preflight } from './preflight.ts';

const CANDLES = randomCandles(4000, 'H1', 4);
const AS_OF = CANDLES.time[3999]! + 3_600_000;
const WINDOWS = { holdoutDays: 10, selectionDays: 30 };
const STRATEGIES: StrategyAxes = {
  predictionMethods: ['direct'],
  ensembleMethods: ['mean'],
  confidenceThresholds: [0],
  lookbackWindows: [20],
};
const GRID: GridSpecInput = {
  model_types: ['ridge'],
  symbols: ['EURUSD'],
  timeframes: ['H1'],
  days_history: [40, 20],
  horizons: [3, 12],
  targets: ['return', 'direction', 'barrier 2:1', 'barrier 12:12'],
};

const counterOf = (load = () => CANDLES) =>
  createClassCounter({
    daysHistory: [40, 20],
    members: 3,
    load,
    trainingRows: (candles, asOf, days) => rowsWithin(candles, windowsBefore(asOf, WINDOWS, days).training),
  });

function cellOf(changes: Partial<GridSpecInput>): Configuration {
  return createGrid(parseGridSpec({ ...GRID, ...changes })).cell(0);
}

function preflighted(changes: Partial<GridSpecInput> = {}) {
  return preflight(createGrid(parseGridSpec({ ...GRID, ...changes })), {
    symbols: ['EURUSD'],
    load: () => CANDLES,
    costsObstacle: () => undefined,
    windowsEnd: () => ({ asOf: AS_OF, newest: AS_OF, newestSeries: 'H1' }),
    windows: WINDOWS,
    trainingDays: (days) => days,
    members: 3,
  });
}

it.each(['direction', 'barrier 2:1', 'barrier 0.5:3'])(
  'counts of %s what training then learns from, row by row',
  (target) => {
    const configuration = cellOf({ targets: [target], days_history: [40], horizons: [12] });
    const windows = windowsBefore(AS_OF, WINDOWS, 40);
    const context = createContext(
      hourlyContext({ candles: CANDLES, evaluation: windows.evaluation, days: 40, strategies: STRATEGIES }),
    );
    const { from, to } = trainingRows(context.candles, windows.training, 12);
    const counts = counterOf().of(configuration, AS_OF)!;
    const { sides } = context.target(target, 12);
    expect(counts.map(({ side }) => side)).toEqual(sides.map(({ side }) => side));
    sides.forEach(({ labels }, s) => {
      const learned = [...labels.subarray(from, to)];
      expect(counts[s]!.positives).toBe(learned.filter((label) => label === 1).length);
      expect(counts[s]!.rows).toBe(learned.filter((label) => !Number.isNaN(label)).length);
    });
  },
);

it('refuses what training would refuse, and names model and numbers', () => {
  const rare = ['barrier 12:12'];
  const { tooShort, impossible } = preflighted({ targets: rare, horizons: [3], days_history: [20] });
  expect(tooShort).toEqual([
    expect.objectContaining({
      path: 'targets[0]',
      message: expect.stringMatching(
        /^EURUSD H1, barrier 12:12 LONG, 3 bars: \d(\.\d+)? % of \d+ rows reach the take-profit, with 20 days: one of its sub-models would learn from \d+ rows? of a class, and needs 30\./,
      ),
      remedy: 'skip-impossible',
    }),
  ]);
  expect(impossible.size).toBe(1);
  const configuration = cellOf({ targets: rare, horizons: [3], days_history: [20] });
  const { training, evaluation } = windowsBefore(AS_OF, WINDOWS, 20);
  const context = createContext(
    hourlyContext({ candles: CANDLES, evaluation, days: 20, strategies: STRATEGIES }),
  );
  const job = {
    index: 0,
    configuration,
    training,
    configHash: configHash(configuration),
    trainingKey: 'a key',
  };
  expect(() => fitMembers(context, job)).toThrow(EngineError);
});

it('says what each model of classes has, of the longest window, and leaves others alone', () => {
  const { classes, impossible } = preflighted({
    targets: ['return', 'direction', 'barrier 2:1'],
    horizons: [12, 24],
  });
  expect(impossible.size).toBe(0);
  expect(classes).toMatchObject({ untold: 0, uncounted: 0 });
  expect(
    classes.told.map(({ target, side, horizon, daysHistory }) => [target, side, horizon, daysHistory]),
  ).toEqual(
    expect.arrayContaining([
      ['direction', 'both', 24, 40],
      ['barrier 2:1', 'long', 12, 40],
      ['barrier 2:1', 'short', 12, 40],
    ]),
  );
  expect(classes.told).toHaveLength(2 + 4);
});

it('stops counting where that would hold its host up, and says so', () => {
  const targets = Array.from({ length: 600 }, (_, k) => `barrier ${1 + k / 1000}:1`);
  const { classes, impossible } = preflighted({ targets, horizons: [48], days_history: [40] });
  expect(impossible.size).toBe(0);
  expect(classes.told).toHaveLength(200);
  expect(classes.uncounted).toBeGreaterThan(100);
  expect(classes.told.length + classes.untold).toBe(2 * (600 - classes.uncounted));
});
