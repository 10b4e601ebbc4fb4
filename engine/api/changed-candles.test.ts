import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TraceDto } from '../contract/dto/index.ts';
import type { GridSpecInput } from '../contract/grid.ts';
import { type Candles, sliceCandles } from '../market/candles.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { type Engine, openTestWorkspace, type TestWorkspace, train } from '../testing/engines.ts';

/** What becomes of yesterday's runs when candles are appended or corrected. */

const GRID: GridSpecInput = {
  model_types: ['ridge', 'lasso'],
  symbols: ['EURUSD'],
  timeframes: ['H1'],
  days_history: [60],
  horizons: [6],
};
/** Hourly bars of 2024, with H4 for the indicators resampled from them. */
const YEAR = randomCandles(6300, 'H1', 12, Date.UTC(2024, 0, 1));
/** A Wednesday; the week before it closed on 2024-11-15 22:00 UTC. */
const NOW = Date.UTC(2024, 10, 20, 12);
const rowAt = (time: number) => YEAR.time.findIndex((t) => t >= time);

let workspace: TestWorkspace;
let engine: Engine;
beforeEach(() => {
  workspace = openTestWorkspace();
  engine = workspace.engine;
});
afterEach(() => workspace.dispose());

/** Files that series are read from and runs need, apart from what is there for an undo alone. */
function candleFiles(): string[] {
  const db = new Database(join(workspace.folder, 'regimen.db'), { readonly: true });
  const named = db.prepare('SELECT file FROM series UNION SELECT file FROM former_candles').pluck().all();
  db.close();
  const there = readdirSync(join(workspace.folder, 'candles'));
  expect(there).toEqual(expect.arrayContaining(named));
  return there.filter((name) => named.includes(name));
}

async function importBars(candles: Candles) {
  const { time, open, high, low, close, volume } = candles;
  const rows = Array.from(time, (t, i) =>
    [new Date(t).toISOString(), open[i], high[i], low[i], close[i], volume[i]].join(','),
  );
  const file = join(workspace.folder, 'bars.csv');
  writeFileSync(file, `time,open,high,low,close,volume\n${rows.join('\n')}\n`);
  return engine.call('market.import', { file, symbol: 'EURUSD', timeframe: 'H1' });
}

/** Candle files look as if they had been written a while ago: a young one may belong to an import that is under way. */
function cleanUpLater(): void {
  for (const name of candleFiles()) utimesSync(join(workspace.folder, 'candles', name), 1e9, 1e9);
}

/** One bar with another high. */
function corrected(row: number): Candles {
  const bar = sliceCandles(YEAR, row, row + 1);
  return { ...bar, high: bar.high.map((high) => high + 0.001) };
}

const trace = (run: number) =>
  engine.call('run.trace', { run: String(run), strategyIndex: 0 }) as Promise<TraceDto>;
const preview = () => engine.call('grid.preview', { grid: GRID });

/** Both runs are trained and kept. */
async function trainBoth(): Promise<TraceDto[]> {
  await engine.call('settings.set', {
    changes: {
      'model_management.delete_non_best_models': false,
      'inference_grid.prediction_methods': ['direct'],
      'inference_grid.ensemble_methods': ['weighted'],
      'inference_grid.confidence_thresholds': [0.3],
      'inference_grid.lookback_windows': [50],
    },
  });
  await importBars(sliceCandles(YEAR, 0, rowAt(NOW)));
  expect(await train(engine, GRID)).toMatchObject({ completed: 2, kept: 2 });
  return [await trace(1), await trace(2)];
}

describe('bars that are appended', () => {
  it('within the week change nothing; with its close all is new, and the old runs can still be followed', async () => {
    const before = await trainBoth();
    const friday = Date.UTC(2024, 10, 22, 22);

    await importBars(sliceCandles(YEAR, rowAt(NOW), rowAt(friday) - 1));
    expect(await preview()).toMatchObject({ alreadyTrained: 2, toTrain: 0 });
    await importBars(sliceCandles(YEAR, rowAt(friday) - 1, rowAt(friday)));
    expect(await preview()).toMatchObject({
      toTrain: 2,
      outdated: [{ reason: 'the as-of date changed since', count: 2 }],
    });
    // The grown series has what they were trained on: no copy is kept.
    expect(candleFiles()).toHaveLength(1);
    expect([await trace(1), await trace(2)]).toEqual(before);
    expect(await train(engine, GRID)).toMatchObject({ completed: 2 });
    // Up to where the holdout begins, and, once it is looked at, to where it ends.
    expect((await trace(3)).time.at(-1)).toBe(friday - 30 * 86_400_000 - 3_600_000);
    expect(await trace(1)).toEqual(before[0]);
    await engine.call('champions.open', { run: '3' });
    expect((await trace(3)).time.at(-1)).toBe(friday - 3_600_000);
  });
});

describe('a bar that is corrected', () => {
  const inView = rowAt(Date.UTC(2024, 6, 10, 9));

  it('leaves the runs as they were, on the file that they were trained on', async () => {
    const before = await trainBoth();
    expect(await importBars(corrected(inView))).toMatchObject({ changed: 1 });
    expect(candleFiles()).toHaveLength(2);
    expect(await preview()).toMatchObject({
      toTrain: 2,
      outdated: [{ reason: 'its candles and the candles of its higher timeframes changed since', count: 2 }],
    });
    expect([await trace(1), await trace(2)]).toEqual(before);

    cleanUpLater();
    await engine.call('cleanup.run', { dryRun: false });
    expect(candleFiles()).toHaveLength(2);
    const reopened = workspace.reopen();
    expect(await reopened.call('run.trace', { run: '1', strategyIndex: 0 })).toEqual(before[0]);
    await reopened.close();
  });

  it('and appended to, twice, costs one copy', async () => {
    const before = await trainBoth();
    await importBars(corrected(inView));
    await importBars(sliceCandles(YEAR, rowAt(NOW), rowAt(NOW) + 20));
    await importBars(sliceCandles(YEAR, rowAt(NOW) + 20, rowAt(NOW) + 40));
    expect(candleFiles()).toHaveLength(2);
    expect([await trace(1), await trace(2)]).toEqual(before);
    // The runs of today are on the file of today, and so they are after another correction.
    expect(await train(engine, GRID)).toMatchObject({ completed: 2, kept: 2 });
    const after = await trace(3);
    await importBars(corrected(inView + 1));
    expect(candleFiles()).toHaveLength(3);
    expect([await trace(1), await trace(2), await trace(3)]).toEqual([...before, after]);
  });

  it('and put back costs nothing any more', async () => {
    const before = await trainBoth();
    const [first] = candleFiles();
    await importBars(corrected(inView));
    await importBars(sliceCandles(YEAR, inView, inView + 1));
    expect(candleFiles()).toEqual([first]);
    expect(await preview()).toMatchObject({ alreadyTrained: 2 });
    expect(await trace(1)).toEqual(before[0]);
  });

  it('after the as-of date, such as the one that was still open, costs no copy', async () => {
    const before = await trainBoth();
    await importBars(corrected(rowAt(NOW) - 1));
    expect(candleFiles()).toHaveLength(1);
    expect(await preview()).toMatchObject({ alreadyTrained: 2 });
    expect(await trace(1)).toEqual(before[0]);
  });

  it('costs no copy when no run that can be opened was trained on it', async () => {
    await importBars(sliceCandles(YEAR, 0, rowAt(NOW)));
    await importBars(corrected(inView));
    expect(candleFiles()).toHaveLength(1);
  });
});

it('a series that is removed takes its former candles with it, and the runs say so', async () => {
  await trainBoth();
  await importBars(corrected(rowAt(Date.UTC(2024, 6, 10, 9))));
  await engine.call('market.remove', { symbol: 'EURUSD', timeframe: 'H1' });
  expect(candleFiles()).toEqual([]);
  await expect(trace(1)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('its EURUSD H1 candles were removed. Import them again.'),
  });
});
