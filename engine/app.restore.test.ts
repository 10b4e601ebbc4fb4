import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from './app.ts';
import type { GridSpecInput } from './contract/grid.ts';

/** A backup is restored while others go on calling. */

const NOW = Date.UTC(2026, 5, 15);
const SERIES = { symbol: 'DEMO_EURUSD', timeframe: 'H1' } as const;
/** Takes far longer than a backup takes to be unpacked. */
const LONG_GRID: GridSpecInput = {
  model_types: ['ridge'],
  symbols: ['DEMO_USDJPY'],
  timeframes: ['H1'],
  days_history: [180],
  horizons: [3],
  hyperparameters: { ridge: { alpha: Array.from({ length: 500 }, (_, i) => i + 1) } },
};

let root: string;
let workspace: string;
let file: string;
let engine: Engine;
/** Called when the workspace is closed and the backup not yet in its place. */
let atSwitch: () => void;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'live-restore-'));
  workspace = join(root, 'workspace');
  file = join(root, 'backup.zip');
  let restoring = false;
  atSwitch = () => undefined;
  const now = () => {
    if (restoring) atSwitch();
    return NOW;
  };
  engine = createEngine({ workspace, role: 'host', threads: 1, home: root, now });
  await engine.call('market.demo', {});
  await engine.call('backup.create', { file });
  await engine.call('market.remove', SERIES);
  restoring = true;
});
afterEach(async () => {
  atSwitch = () => undefined;
  await engine.close();
  rmSync(root, { recursive: true });
});

const symbols = async () => (await engine.call('market.list', {})).map((series) => series.symbol);
const BEFORE = ['DEMO_GBPUSD', 'DEMO_USDJPY'];
const AFTER = ['DEMO_EURUSD', ...BEFORE];

describe('calls during a restore', () => {
  it('are answered from the workspace before it or after it, never from a closed one', async () => {
    const answers: Promise<string[]>[] = [];
    let done = false;
    const restored = engine.call('backup.restore', { file }).finally(() => {
      done = true;
    });
    while (!done) {
      answers.push(symbols());
      await engine.call('settings.get', {});
      await engine.call('history.search', {});
      await nextTurn();
    }
    await restored;
    const lists = await Promise.all(answers);
    const first = lists.findIndex((list) => list.length === AFTER.length);
    const expected = lists.map((_, i) => (first === -1 || i < first ? BEFORE : AFTER));
    expect(lists).toEqual(expected);
    expect(await symbols()).toEqual(AFTER);
  });

  it('wait while nothing is open', async () => {
    const arrived: Promise<string[]>[] = [];
    atSwitch = () => arrived.push(symbols());
    await engine.call('backup.restore', { file });
    expect(arrived.length).toBeGreaterThan(0);
    expect(await Promise.all(arrived)).toEqual(arrived.map(() => AFTER));
  });

  it('that began before are done before', async () => {
    const csv = join(root, 'a.csv');
    const rows = Array.from(
      { length: 48 },
      (_, i) => `${new Date(Date.UTC(2026, 5, 1, i)).toISOString()},1.1,1.102,1.099,1.101,5`,
    );
    writeFileSync(csv, `time,open,high,low,close,volume\n${rows.join('\n')}\n`);
    const restoring = engine.call('backup.restore', { file });
    const importing = engine.call('market.import', { file: csv, symbol: 'EURUSD', timeframe: 'H1' });
    expect(await importing).toMatchObject({ added: 48 });
    await restoring;
    expect(await symbols()).toEqual(AFTER);
  });

  it('can be no second restore', async () => {
    const first = engine.call('backup.restore', { file });
    await expect(engine.call('backup.restore', { file })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('restored already'),
    });
    await first;
    expect(await symbols()).toEqual(AFTER);
  });

  it('that start a queue win: nothing is replaced, nothing is left behind', async () => {
    const restoring = engine.call('backup.restore', { file });
    const refused = expect(restoring).rejects.toMatchObject({ code: 'conflict' });
    const { queueId } = await engine.call('queue.create', { grid: LONG_GRID });
    await engine.call('queue.start', { queueId });
    await refused;
    expect(await symbols()).toEqual(BEFORE);
    expect(existsSync(join(workspace, '.restore'))).toBe(false);
    await engine.call('queue.pause', { queueId });
    expect((await engine.call('queue.wait', { queueId })).state).toBe('paused');
  });

  it('are told why when the restored workspace can not be opened', async () => {
    atSwitch = () => writeFileSync(join(workspace, '.restore', 'config.yaml'), 'training: { sede: 1 }\n');
    await expect(engine.call('backup.restore', { file })).rejects.toMatchObject({ code: 'config-invalid' });
    await expect(symbols()).rejects.toMatchObject({ code: 'config-invalid' });
  });
});

it('a close waits for the restore, and leaves the restored workspace closed', async () => {
  const restoring = engine.call('backup.restore', { file });
  await engine.close();
  await restoring;
  expect(readdirSync(workspace).some((name) => name.endsWith('-wal'))).toBe(false);
  engine = createEngine({ workspace, role: 'host', threads: 1, home: root });
  expect(await symbols()).toEqual(AFTER);
});
