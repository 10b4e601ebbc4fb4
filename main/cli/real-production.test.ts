import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/app.ts';
import { createEngine } from '../../engine/app.ts';
import type {
  GateReportDto,
  JournalEntryDto,
  ModelNameDto,
  TrainedNameDto,
} from '../../engine/contract/dto/index.ts';

/** The way of a model on real candles, as processes: trained, refused, put in charge, superseded, rolled back, retired. */

const folder = process.env.MARKET_DATA ?? join(import.meta.dirname, '../../../shared/market-data');
const CANDLES = join(folder, 'EURUSD_H1.csv');
const present = existsSync(CANDLES);
const PROGRAM = fileURLToPath(new URL('./regimen.ts', import.meta.url));
const MARKET = ['EURUSD', 'H1'] as const;
const PLACE = { symbol: 'EURUSD', timeframe: 'H1' } as const;
/** Quick to train, and on real candles without an edge, as most is. */
const RIDGE = ['--model-type', 'ridge', '--period', '1y'];

describe.skipIf(!present)(`real candles${present ? '' : ` (skipped: none in ${folder})`}`, () => {
  let workspace: string;
  let first: string;
  beforeAll(() => {
    workspace = mkdtempSync(join(tmpdir(), 'real-production-'));
    const market = ['--symbol', 'EURUSD', '--timeframe', 'H1'];
    expect(regimen('market', 'import', CANDLES, ...market).status).toBe(0);
  });
  afterAll(() => rmSync(workspace, { recursive: true, force: true }));

  function regimen(...argv: string[]) {
    const all = [PROGRAM, ...argv, '--workspace', workspace];
    const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: 'utf8' });
    return { status, stdout, stderr };
  }
  const json = <T>(...argv: string[]): T => JSON.parse(regimen(...argv, '--json').stdout) as T;
  const named = () => {
    const file = join(workspace, 'models', 'EURUSD H1', 'production');
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
  };

  it('is refused by the gate, for reasons that a trader understands', () => {
    const { status, stdout } = regimen('production', 'train', ...MARKET, ...RIDGE);
    expect({ status, stdout }).toMatchObject({ status: 2 });
    expect(stdout).toContain('EURUSD H1, version ');
    expect(stdout).toContain('is not promoted');
    expect(stdout).toMatch(/Model not promoted: accuracy 0\.\d\d of 0\.60 \(base rate 0\.\d\d\)/);
    expect(stdout).toMatch(/the verdict is ".*", at least "suggestive" is asked/);
    expect(stdout).toContain('--optimize --trials 50');
    expect(stdout).toMatch(/or accept less \(--min-accuracy 0\.\d\d/);
    expect(named()).toBeNull();
  });

  it('is put in charge with that left out, and the journal says so for ever', () => {
    const left = ['--skip-validation', '--reason', 'to see it trade'];
    expect(regimen('production', 'promote', ...MARKET, ...left).status).toBe(0);
    first = named()!;
    const { entries } = json<{ entries: JournalEntryDto[] }>('production', 'journal', ...MARKET);
    expect(entries.at(-1)).toMatchObject({
      action: 'promoted',
      to: first,
      reason: 'to see it trade',
      skipped: ['validation', 'thresholds', 'verdict'],
    });
  });

  it('is superseded by LONG and SHORT models of a search, without being compared', () => {
    const target = ['--target', 'barrier', '--optimize', '--trials', '2'];
    const left = ['--skip-validation', '--force'];
    const results = json<TrainedNameDto[]>('production', 'train', ...MARKET, ...RIDGE, ...target, ...left);
    expect(results).toMatchObject([{ status: 'promoted', report: { comparison: null } }]);
    expect(results[0]!.title).toContain('barrier');
    expect(results[0]!.report!.skipped).toContain('comparison');
    expect(named()).toBe(results[0]!.version);
    expect(named()).not.toBe(first);
  });

  it('has the same answers in a window as on the command line', async () => {
    const engine: Engine = createEngine({ workspace, role: 'host', hostKind: 'window' });
    try {
      const { call } = engine;
      expect(json<ModelNameDto>('production', 'show', ...MARKET)).toEqual(
        await call('production.show', PLACE),
      );
      expect(json('production', 'list')).toEqual(await call('production.list', {}));
      expect(json('production', 'journal')).toEqual(await call('production.journal', {}));
      // As a file, too, by the byte.
      const [shown, written] = [join(workspace, 'exports-shown.csv'), join(workspace, 'exports-typed.csv')];
      await call('production.journal', { ...PLACE, csv: shown });
      expect(regimen('production', 'journal', ...MARKET, '--csv', written).status).toBe(0);
      expect(readFileSync(shown)).toEqual(readFileSync(written));
      expect(readFileSync(shown, 'utf8').trim().split('\n')).toHaveLength(6);
      // What a window asks the gate is answered from the same windows.
      const asked = await call('production.validate', { ...PLACE, version: first, force: true });
      const typed = json<GateReportDto>('production', 'validate', ...MARKET, '--version', first, '--force');
      expect({ ...asked, at: null, validation: null }).toEqual({ ...typed, at: null, validation: null });
      expect(asked.validation!.stitched).toEqual(typed.validation!.stitched);
    } finally {
      await engine.close();
    }
  });

  it('is rolled back and retired, and the file names who is in charge at any time', () => {
    expect(regimen('production', 'rollback', ...MARKET).status).toBe(0);
    expect(named()).toBe(first);
    expect(regimen('production', 'retire', ...MARKET, '--reason', 'enough').status).toBe(0);
    expect(named()).toBeNull();
    expect(regimen('production', 'retire', ...MARKET).status).toBe(3);
    const { entries } = json<{ entries: JournalEntryDto[] }>('production', 'journal', ...MARKET);
    expect(entries.map(({ action }) => action)).toEqual([
      'registered',
      'validated',
      'promoted',
      'registered',
      'promoted',
      'validated',
      'validated',
      'rolled back',
      'retired',
    ]);
  });
});
