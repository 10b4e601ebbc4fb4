import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../engine/app.ts';
import type { GateReportDto, JournalEntryDto } from '../../engine/contract/dto/index.ts';
import { oneSplitJson } from '../../engine/interchange/testing/one-split.ts';

/** The gate of models from elsewhere on real candles, as processes. */

const folder = process.env.MARKET_DATA ?? join(import.meta.dirname, '../../../shared/market-data');
const CANDLES = join(folder, 'EURUSD_H1.csv');
const present = existsSync(CANDLES);
const PROGRAM = fileURLToPath(new URL('./regimen.ts', import.meta.url));
const GRID = `
model_types: xgboost
symbols: EURUSD
timeframes: H1
days_history: 365
horizons: 6
hyperparameters: { xgboost: { n_estimators: 30, max_depth: 3 } }
`;

describe.skipIf(!present)(`real candles${present ? '' : ` (skipped: none in ${folder})`}`, () => {
  let root: string;
  const file = (name: string) => join(root, name);
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'real-imported-'));
    writeFileSync(file('grid.yaml'), GRID);
    writeFileSync(file('coin.json'), oneSplitJson('close_position', 0.5, { below: 1e-3, above: -1e-3 }));
    const market = ['--symbol', 'EURUSD', '--timeframe', 'H1'];
    expect(regimen('market', 'import', CANDLES, ...market).status).toBe(0);
    expect(regimen('train', file('grid.yaml')).status).toBe(0);
    expect(regimen('model', 'export', '1', '--out', file('own.json')).status).toBe(0);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  function regimen(...argv: string[]) {
    const all = [PROGRAM, ...argv, '--workspace', file('workspace')];
    const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: 'utf8' });
    return { status, stdout, stderr };
  }
  const asked = (model: string, ...more: string[]) =>
    regimen('production', 'validate', 'eurusd', '1h', '--model', file(model), '--run', '1', ...more);

  it('a rule without an edge is refused, with status 2, reasons and a report', () => {
    const report = file('gate.html');
    const { status, stdout } = asked('coin.json', '--trained-until', '2016-12-30', '--report', report);
    expect({ status, stdout }).toMatchObject({ status: 2 });
    expect(stdout).toContain('EURUSD H1, coin.json, which learned until 2016-12-30: the gate refuses it');
    expect(stdout).toMatch(/test windows of 60 days, 2017-01-\d\d to 2018-08-\d\d, all by the one model/);
    expect(stdout).toMatch(/Model refused: .*Train it otherwise where it was trained/);
    expect(readFileSync(report, 'utf8')).toContain('coin.json, which learned until 2016-12-30: gate refused');
    const { entries } = JSON.parse(regimen('production', 'journal', 'EURUSD', 'H1', '--json').stdout) as {
      entries: JournalEntryDto[];
    };
    expect(entries).toMatchObject([
      { action: 'validated', to: null, gate: { imported: { file: 'coin.json' } } },
    ]);
  });

  it('one that learned from the very bars passes, with status 0: the day is what who asks answers for', async () => {
    const day = ['--trained-until', '2017-06-30'];
    const { status, stdout } = asked('own.json', ...day, '--json');
    expect(status).toBe(0);
    const typed = JSON.parse(stdout) as GateReportDto;
    expect(typed).toMatchObject({ passed: true, refusal: null, imported: { file: 'own.json', trees: 90 } });
    const engine = createEngine({ workspace: file('workspace'), role: 'host', hostKind: 'window' });
    try {
      const shown = await engine.call('production.validate', {
        symbol: 'EURUSD',
        timeframe: 'H1',
        model: file('own.json'),
        run: '1',
        trainedUntil: '2017-06-30',
      });
      expect({ ...shown, at: null }).toEqual({ ...typed, at: null });
    } finally {
      await engine.close();
    }
  });

  it.each([
    [['coin.json'], 'error: --trained-until: Nobody can tell from its file what a model has seen'],
    [['coin.json', '--trained-until', '2018-10-01'], 'judged on later bars only, in windows of 60 days'],
    [['coin.json', '--trained-until', 'May'], 'expected a date such as 2024-01-31'],
    [['grid.yaml', '--trained-until', '2016-12-30'], 'it is not JSON'],
    [['nothing.json', '--trained-until', '2016-12-30'], 'nothing.json'],
  ])('%j is refused with status 3', ([model = '', ...more], says) => {
    const { status, stderr } = asked(model, ...more);
    expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringContaining(says) });
  });
});
