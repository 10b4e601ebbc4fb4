import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { GridSpecInput } from '../contract/grid.ts';
import type { Candles } from '../market/candles.ts';
import { writeCandleCsv } from '../market/testing/candle-csv.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { openStore } from '../store/database.ts';
import { create, train, useEngines } from '../testing/engines.ts';
import { CONFIG } from '../testing/workspace.ts';

const { createWorkspace, open, close } = useEngines();

const DAY_MS = 86_400_000;
const SPLIT = `${CONFIG}\nevaluation: { as_of: bar, split: { training: 0.6, tuning: 0.2, test: 0.2 } }\n`;
const GRID: GridSpecInput = {
  name: 'Split',
  model_types: ['ridge', 'lasso'],
  symbols: ['EURUSD'],
  timeframes: ['H4'],
  days_history: [100, 200],
  horizons: [3],
  targets: ['return', 'direction'],
};
const CANDLES = randomCandles(4400, 'H4', 5);
const END = CANDLES.time[CANDLES.length - 1]! + 4 * 3_600_000;

interface Run {
  readonly days_history: number;
  readonly basis: string;
  readonly config_hash: string;
  readonly train_rows: number;
  readonly rank_ic: number;
  readonly best_sharpe: number | null;
  readonly kept: number;
}

async function runsOn(candles: Candles): Promise<{ runs: Run[]; workspace: string }> {
  const workspace = createWorkspace(SPLIT);
  const file = join(tmpdir(), `split-${process.pid}-${candles.close[4399]}.csv`);
  writeCandleCsv(file, candles);
  try {
    const engine = open(workspace);
    await engine.call('market.import', { file, symbol: 'EURUSD', timeframe: 'H4' });
    expect(await train(engine, await create(engine, GRID))).toMatchObject({ completed: 8, failed: 0 });
    await close(engine);
  } finally {
    rmSync(file);
  }
  const store = openStore(join(workspace, 'regimen.db'));
  try {
    return { runs: store.prepare('SELECT * FROM runs ORDER BY config_hash').all() as Run[], workspace };
  } finally {
    store.close();
  }
}

function daysOf({ basis }: Run): Record<string, [number, number]> {
  const { windows } = JSON.parse(basis);
  const day = (time: string) => (END - Date.parse(time)) / DAY_MS;
  const parts = [{ name: 'training', ...windows.training }, ...windows.evaluated];
  return Object.fromEntries(parts.map(({ name, from, to }) => [name, [day(from), day(to)]]));
}

test('all configurations share tuning and test, and train on their own share before them', async () => {
  const { runs, workspace } = await runsOn(CANDLES);
  for (const run of runs) {
    expect(daysOf(run)).toEqual({
      training: [80 + 0.6 * run.days_history, 80],
      selection: [80, 40],
      holdout: [40, 0],
    });
  }
  // What was trained so is known, and a shorter grid is another one.
  const engine = open(workspace);
  expect(await engine.call('grid.preview', { grid: GRID })).toMatchObject({ alreadyTrained: 8, toTrain: 0 });
  const shorter = { ...GRID, days_history: [100] };
  expect(await engine.call('grid.preview', { grid: shorter })).toMatchObject({ toTrain: 4 });
  writeFileSync(join(workspace, 'config.yaml'), SPLIT.replace(/split: \{.*?\}/, 'split: none'));
  await close(engine);
  expect(await open(workspace).call('grid.preview', { grid: GRID })).toMatchObject({ toTrain: 8 });
});

/** What chose it, and what it was chosen for. */
const choiceOf = ({ config_hash, train_rows, rank_ic, best_sharpe, kept }: Run) => ({
  config_hash,
  train_rows,
  rank_ic,
  best_sharpe,
  kept,
});

test('what happens in the test part changes nothing that is trained or chosen, what happens before it does', async () => {
  const { runs } = await runsOn(CANDLES);
  const tampered = async (from: number) => (await runsOn(withOtherBars(from))).runs.map(choiceOf);
  expect(await tampered(END - 40 * DAY_MS)).toEqual(runs.map(choiceOf));
  expect(await tampered(END - 60 * DAY_MS)).not.toEqual(runs.map(choiceOf));
});

/** Other bars that open at a time or later. */
function withOtherBars(from: number): Candles {
  const others = randomCandles(4400, 'H4', 6);
  const column = (name: 'open' | 'high' | 'low' | 'close' | 'volume') =>
    CANDLES[name].map((value, i) => (CANDLES.time[i]! < from ? value : others[name][i]!));
  return {
    ...CANDLES,
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}
