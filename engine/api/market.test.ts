import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gridSpecSchema } from '../contract/grid.ts';
import { sliceCandles } from '../market/candles.ts';
import { writeCandleCsv } from '../market/testing/candle-csv.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { modelType } from '../models/catalog.ts';
import { openTestWorkspace, type TestWorkspace } from '../testing/engines.ts';
import { SIX } from '../testing/workspace.ts';

let workspace: TestWorkspace;
beforeEach(() => {
  workspace = openTestWorkspace();
});
afterEach(() => workspace.dispose());

/** Hourly bars of one price in the trading week from Monday 2026-06-01 on. */
function writeCsv(bars: number): string {
  const file = join(workspace.folder, 'EURUSD_H1.csv');
  const rows = Array.from({ length: bars }, (_, i) => {
    const time = new Date(Date.UTC(2026, 5, 1) + i * 3_600_000).toISOString();
    return `${time},1.1,1.102,1.099,1.101,${100 + i}`;
  });
  writeFileSync(file, `time,open,high,low,close,volume\n${rows.join('\n')}\n`);
  return file;
}

describe('market.import', () => {
  it('says how far it is, and that there is another series', async () => {
    const file = writeCsv(48);
    const { engine, events } = workspace;
    const imported = await engine.call('market.import', { file, symbol: 'eurusd', timeframe: '1h' });
    expect(imported).toMatchObject({ symbol: 'EURUSD', timeframe: 'H1', rows: 48, added: 48 });
    expect(events).toEqual([
      { type: 'market.import', file, share: 1 },
      { type: 'workspace.changed', what: 'series' },
    ]);
    const again = await engine.call('market.import', { file, symbol: 'EURUSD', timeframe: 'H1' });
    expect(again).toMatchObject({ added: 0, changed: 0, same: 48 });
  });

  it('says which regimes can never get a bar, where a series has no volume', async () => {
    const { engine } = workspace;
    const file = writeCsv(48);
    const [first] = await engine.call('regimes.list', {});
    const busy = { ...first!, name: 'busy', title: 'Busy', rules: { volume: '> 1.5x average' } };
    await engine.call('regimes.save', { regimes: [busy] });
    const { series } = await engine.call('market.import', { file, symbol: 'EURUSD', timeframe: 'H1' });
    expect(series).not.toHaveProperty('ruleNotes');
    const rows = readFileSync(file, 'utf8')
      .split('\n')
      .map((row, i) => (i === 0 ? row : row.replace(/,[^,]*$/, ',0')));
    writeFileSync(file, rows.join('\n'));
    const silent = await engine.call('market.import', { file, symbol: 'GBPUSD', timeframe: 'H1' });
    expect(silent.series.ruleNotes).toEqual([
      'busy can never get a bar of GBPUSD H1, which has no volume: its rule is volume > 1.5x average.',
    ]);
  });

  it('says which regimes others take all bars from, after an import and of what was stored under other rules', async () => {
    const { engine } = workspace;
    const file = join(workspace.folder, 'EURUSD_H1.csv');
    writeCandleCsv(file, randomCandles(1200));
    const [first] = await engine.call('regimes.list', {});
    const regime = (name: string, rules: Record<string, string>) => ({ ...first!, name, title: name, rules });
    const up = regime('up', { returns: '> 0' });
    const down = regime('down', { returns: '<= 0' });
    const busy = regime('busy', { volatility: '> 80th percentile' });
    await engine.call('regimes.save', { regimes: [up, down, busy] });
    const { series } = await engine.call('market.import', { file, symbol: 'EURUSD', timeframe: 'H1' });
    const { regimes } = await engine.call('regimes.test', {
      symbol: 'EURUSD',
      timeframe: 'H1',
      regimes: [busy],
    });
    const bars = Math.round(regimes[0]!.share * 1200);
    const notes = [
      `busy never gets a bar of EURUSD H1: its rules hold on ${bars} bars, and up and down, which stand before it, take all of them. Move busy before up.`,
    ];
    expect(series.ruleNotes).toEqual(notes);
    const host = workspace.openHost();
    await host.call('regimes.save', { regimes: [busy, up, down] });
    const stored = await host.call('market.import', { file, symbol: 'EURUSD', timeframe: 'H1' });
    expect(stored.series).not.toHaveProperty('ruleNotes');
    await host.call('regimes.save', { regimes: [up, down, busy] });
    const found = Promise.withResolvers<void>();
    host.subscribe((event) => {
      if (event.type === 'workspace.changed' && event.what === 'series') found.resolve();
    });
    await host.call('market.list', {});
    await found.promise;
    expect((await host.call('market.list', {}))[0]!.ruleNotes).toEqual(notes);
    await host.close();
  });

  it('joins files that are imported at the same time, in a host as in a command', async () => {
    const host = workspace.openHost();
    for (const engine of [host, workspace.engine]) {
      const imports = [48, 24, 72].map((bars) =>
        engine.call('market.import', { file: writeCsv(bars), symbol: 'EURUSD', timeframe: 'H1' }),
      );
      // All three read the last of the files: the first adds its bars, the others find them there.
      expect((await Promise.all(imports)).map(({ added, same }) => [added, same])).toEqual([
        [72, 0],
        [0, 72],
        [0, 72],
      ]);
      expect(await engine.call('market.list', {})).toMatchObject([{ bars: 72 }]);
    }
    await host.close();
  });

  it('changes nothing when the file can not be read', async () => {
    const { engine, events } = workspace;
    const call = engine.call('market.import', { file: 'no-such.csv', symbol: 'EURUSD', timeframe: 'H1' });
    await expect(call).rejects.toMatchObject({ code: 'file-unreadable' });
    expect(events).toEqual([]);
  });
});

it('leaves the candles alone that a running queue trains on, unless they stay the same', async () => {
  const { engine } = workspace;
  const series = { symbol: 'EURUSD', timeframe: 'H1' } as const;
  await engine.call('market.import', { file: writeCsv(24 * 400), ...series });
  const { queueId } = await engine.call('queue.create', {
    // Work for longer than an import takes.
    grid: {
      ...SIX,
      symbols: ['EURUSD'],
      days_history: [30, 60, 90],
      horizons: [1, 2, 3, 4, 5, 6, 8, 12],
    },
  });
  await engine.call('queue.start', { queueId });
  await expect(engine.call('market.import', { file: writeCsv(24 * 401), ...series })).rejects.toMatchObject({
    code: 'conflict',
    message: `Queue ${queueId} "Small grid" is running and trains on EURUSD. Pause or cancel it first.`,
  });
  expect(await engine.call('market.list', {})).toMatchObject([{ bars: 24 * 400 }]);
  await engine.call('market.import', { file: writeCsv(24 * 400), ...series });
  await engine.call('market.demo', {});
  await engine.call('queue.wait', { queueId });
  const { added } = await engine.call('market.import', { file: writeCsv(24 * 401), ...series });
  expect(added).toBe(24);
});

describe('market.remove', () => {
  it('forgets a series, and nothing twice; its file stays for an undo', async () => {
    const { engine, events, folder } = workspace;
    await engine.call('market.import', { file: writeCsv(48), symbol: 'EURUSD', timeframe: 'H1' });
    expect(readdirSync(join(folder, 'candles'))).toHaveLength(1);
    events.length = 0;
    const series = { symbol: 'EURUSD', timeframe: 'H1' } as const;
    expect(await engine.call('market.remove', series)).toEqual({ removed: true });
    expect(readdirSync(join(folder, 'candles'))).toHaveLength(1);
    expect(await engine.call('market.list', {})).toEqual([]);
    expect(events).toEqual([{ type: 'workspace.changed', what: 'series' }]);
    expect(await engine.call('market.remove', series)).toEqual({ removed: false });
    expect(events).toHaveLength(1);
  });

  it('keeps what a running queue trains on', async () => {
    const { engine } = workspace;
    await engine.call('market.demo', {});
    const { queueId } = await engine.call('queue.create', { grid: SIX });
    await engine.call('queue.start', { queueId });
    const remove = (symbol: string) => engine.call('market.remove', { symbol, timeframe: 'H1' });
    await expect(remove('DEMO_EURUSD')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('"Small grid"'),
    });
    expect(await remove('DEMO_USDJPY')).toEqual({ removed: true });
    expect((await engine.call('settings.get', {})).note).toMatch(
      /^Queue "Small grid" goes on with the settings/,
    );
    await engine.call('queue.wait', { queueId });
    expect(await remove('DEMO_EURUSD')).toEqual({ removed: true });
  });
});

describe('the demo market', () => {
  it('comes with a grid that it can be trained with', async () => {
    const { engine, events, folder } = workspace;
    await engine.call('market.demo', {});
    expect(events).toEqual([{ type: 'workspace.changed', what: 'series' }]);
    expect(existsSync(join(folder, 'candles'))).toBe(true);
    const preview = await engine.call('grid.preview', { grid: await engine.call('grid.demo', {}) });
    expect(preview.toTrain).toBe(preview.totalConfigs);
    expect(preview.toTrain).toBeGreaterThan(0);
  });
});

describe('grid.options', () => {
  it('offers what a grid may hold, with the bounds of every hyper-parameter', async () => {
    const options = await workspace.engine.call('grid.options', {});
    expect(options.strategies).toBe(135);
    const spec = {
      model_types: options.modelTypes.map((type) => type.name),
      symbols: ['EURUSD'],
      timeframes: options.timeframes,
      days_history: [60],
      horizons: [3],
      encoders: options.encoders,
      indicator_timeframes: Object.fromEntries(options.indicators.map((name) => [name, ['H4']])),
    };
    expect(gridSpecSchema.safeParse(spec).success).toBe(true);
    for (const { name, title, description, hyperparameters } of options.modelTypes) {
      expect([title, description].every((text) => text.length > 0)).toBe(true);
      const defaults = modelType(name).hyperparameters.parse({}) as Record<string, unknown>;
      const properties = hyperparameters.properties as Record<string, { default: unknown }>;
      expect(Object.fromEntries(Object.entries(properties).map(([key, p]) => [key, p.default]))).toEqual(
        defaults,
      );
    }
  });
});

describe('market.undo', () => {
  const H1 = { symbol: 'EURUSD', timeframe: 'H1' } as const;
  const list = (engine = workspace.engine) => engine.call('market.list', {});

  it('takes back an import, a replacement and a removal, one after the other, also after a restart', async () => {
    const { engine } = workspace;
    await engine.call('market.import', { file: writeCsv(48), ...H1 });
    const before = await list();
    await engine.call('market.import', { file: writeCsv(24), ...H1, replace: true });
    await engine.call('market.import', { file: writeCsv(24), ...H1 });
    await engine.call('market.remove', H1);
    const changes = await engine.call('market.changes', {});
    expect(changes.map(({ action, barsBefore }) => [action, barsBefore])).toEqual([
      ['remove', 24],
      ['replace', 48],
      ['import', 0],
    ]);
    const next = workspace.reopen();
    expect(await next.call('market.undo', {})).toMatchObject({
      undone: { action: 'remove' },
      series: { bars: 24 },
      left: [{ action: 'replace' }, { action: 'import' }],
    });
    await next.call('market.undo', { symbol: 'EURUSD' });
    expect(await list(next)).toEqual(before);
    expect(await next.call('market.undo', H1)).toMatchObject({ series: null, left: [] });
    expect(await list(next)).toEqual([]);
    await expect(next.call('market.undo', H1)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('There is nothing to undo of EURUSD H1'),
    });
    await next.close();
  });

  it('takes back all parts of a series that came together', async () => {
    const { engine } = workspace;
    const folder = join(workspace.folder, 'parts');
    mkdirSync(folder);
    const bars = randomCandles(60);
    writeCandleCsv(join(folder, 'EURUSD_H1_a.csv'), sliceCandles(bars, 0, 30));
    writeCandleCsv(join(folder, 'EURUSD_H1_b.csv'), sliceCandles(bars, 30, 60));
    const { series } = await engine.call('market.importFiles', { files: [folder] });
    expect(series).toMatchObject([{ bars: 60 }]);
    expect(await engine.call('market.undo', {})).toMatchObject({ series: null, left: [] });
    expect(await list()).toEqual([]);
  });
});
