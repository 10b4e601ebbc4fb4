import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hourlyCsv, regimen } from './testing/command-line.ts';
import { EURUSD_H1 } from './testing/sandbox.ts';

/** A workspace comes into being with the first change to it, not because someone looked or mistyped. */

let root: string;
let workspace: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'no-workspace-'));
  workspace = join(root, 'workspace');
  writeFileSync(join(root, 'good.csv'), hourlyCsv(300));
  writeFileSync(join(root, 'bad.csv'), 'time,open,high,low,close\n2024-01-01,a,b,c,d\n');
  const grid = { model_types: ['ridge'], symbols: ['EURUSD'], timeframes: ['H1'], days_history: [60] };
  writeFileSync(join(root, 'grid.yaml'), JSON.stringify({ ...grid, horizons: [3] }));
  writeFileSync(join(root, 'bad.yaml'), JSON.stringify(grid));
  writeFileSync(join(root, 'bad.json'), '{"format":"regimen-checkpoint"');
});
afterEach(() => rmSync(root, { recursive: true }));

const run = (command: string, ...more: string[]) =>
  regimen([...command.replaceAll('ROOT', root).split(' '), ...more, '--workspace', workspace]);

describe('leaves no trace', () => {
  it.each([
    'champions',
    'history',
    'regimes list',
    'jobs list',
    // As it was called before.
    'queue list',
    'recovery list',
    'recovery lost',
    'recovery restore',
    'recovery decline',
    'market list',
    'market inspect ROOT/good.csv',
    'cleanup',
    'config check',
  ])('%s, which finds nothing', async (command) => {
    expect(await run(command)).toMatchObject({ status: 0 });
    expect(existsSync(workspace)).toBe(false);
  });

  it.each([
    ['run 1', 'There is no run 1'],
    ['jobs start', 'There is no pending queue'],
    ['jobs start 3', 'There is no job 3'],
    ['jobs show 3', 'There is no job 3'],
    ['jobs enqueue 3', 'There is no job 3'],
    ['jobs pause 3', 'There is no job 3'],
    ['jobs cancel 3', 'There is no job 3'],
    ['jobs resume 3', 'There is no job 3'],
    ['jobs retry 3', 'There is no job 3'],
    ['jobs remove 3', 'There is no job 3'],
    ['jobs priority 3 5', 'There is no job 3'],
    ['jobs extend 3 ROOT/grid.yaml', 'There is no job 3'],
    ['queue extend 3 ROOT/grid.yaml', 'There is no job 3'],
    ['queue resume --checkpoint ROOT/bad.json', 'damaged'],
    ['recovery resume 3', 'There is no job 3'],
    ['recovery dismiss 3', 'There is no job 3'],
    ['model export 1 --out ROOT/model.json', 'There is no run 1'],
    ['market import ROOT/none.csv --symbol EURUSD --timeframe H1', 'There is no file'],
    ['market import ROOT/bad.csv --symbol EURUSD --timeframe H1', 'was not imported'],
    ['market import ROOT/good.csv --symbol EURUSD --timeframe M15', 'does not hold M15'],
    ['market import ROOT/good.csv --symbol ../x --timeframe H1', '--symbol'],
    ['train ROOT/none.yaml', 'There is no file'],
    ['train ROOT/bad.yaml', 'horizons'],
    ['train ROOT/grid.yaml', '"EURUSD" has no candles'],
    ['train ROOT/grid.yaml --enqueue', '"EURUSD" has no candles'],
    ['grid preview ROOT/grid.yaml', '"EURUSD" has no candles'],
    ['backup ROOT/backup.zip', 'There is no workspace'],
    ['restore ROOT/good.csv', 'is no complete backup'],
  ])('%s, which is refused', async (command, reason) => {
    const { status, stderr } = await run(command);
    expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringContaining(reason) });
    expect(existsSync(workspace)).toBe(false);
    expect(existsSync(join(root, 'backup.zip'))).toBe(false);
  });
});

it('an import creates it, and the next command finds what was imported', async () => {
  expect(await run('market import ROOT/good.csv', ...EURUSD_H1)).toMatchObject({ status: 0 });
  expect(readdirSync(workspace).sort()).toEqual(['candles', 'regimen.db']);
  expect((await run('market list')).stdout).toContain('EURUSD');
  expect((await run('regimes list')).stdout).toContain('bull_trending');
});
