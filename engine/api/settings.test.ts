import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestWorkspace, type TestWorkspace, train } from '../testing/engines.ts';
import { SIX } from '../testing/workspace.ts';

let workspace: TestWorkspace;
beforeEach(() => {
  workspace = openTestWorkspace();
});
afterEach(() => workspace.dispose());

const file = () => join(workspace.folder, 'config.yaml');
const changesSaid = () => workspace.events.filter((event) => event.type === 'workspace.changed');

describe('settings', () => {
  it('tells values, defaults, help and bounds', async () => {
    const settings = await workspace.engine.call('settings.get', {});
    expect(settings).toMatchObject({ file: file(), text: '' });
    expect(settings.values).toEqual(settings.defaults);
    expect(settings.values.training?.seed).toBe(42);
    expect(settings.help['training.seed']).toMatch(/^0 to 4294967295/);
    expect(settings.schema).toMatchObject({
      properties: { training: { properties: { members: { type: 'integer', minimum: 2, maximum: 20 } } } },
    });
    expect(settings.note).toMatch(/next queue that is started/);
  });

  it('sets keys, keeps the comments, and is in force at once', async () => {
    writeFileSync(file(), '# mine\nqueue:\n  # mine, too\n  threads: 2\n');
    const { engine } = workspace;
    const after = await engine.call('settings.set', {
      changes: {
        'queue.threads': 3,
        'inference_grid.lookback_windows': [50],
        'costs.symbols.BTC.USD.spread_pips': 9,
      },
    });
    expect(readFileSync(file(), 'utf8')).toBe(after.text);
    expect(after.text).toContain('# mine\nqueue:\n  # mine, too\n  threads: 3\n');
    expect(after.values).toMatchObject({
      queue: { threads: 3 },
      costs: { symbols: { 'BTC.USD': { spread_pips: 9 } } },
    });
    expect((await engine.call('grid.options', {})).strategies).toBe(3 * 3 * 5);
    expect(changesSaid()).toEqual([{ type: 'workspace.changed', what: 'settings' }]);

    const back = await engine.call('settings.set', {
      changes: { 'queue.threads': null, 'inference_grid.lookback_windows': null },
    });
    expect(back.values.queue).toEqual(back.defaults.queue);
    expect((await engine.call('grid.options', {})).strategies).toBe(135);
  });

  it('says everything that is wrong, and writes nothing', async () => {
    const { engine } = workspace;
    const changes = {
      'queue.threads': 3,
      'training.members': 1,
      'costs.default.spread_pips': -1,
      'queue.thread': 2,
      __proto__x: 1,
    };
    await expect(engine.call('settings.set', { changes })).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('training.members: expected a whole number from 2 to 20, found 1'),
      details: {
        problems: expect.arrayContaining([
          expect.objectContaining({ path: 'training.members' }),
          expect.objectContaining({ path: 'costs.default.spread_pips' }),
          expect.objectContaining({ path: 'queue.thread', message: expect.stringContaining('threads') }),
          expect.objectContaining({ path: '__proto__x' }),
        ]),
      },
    });
    expect(existsSync(file())).toBe(false);
    expect((await engine.call('settings.get', {})).values.queue?.threads).toBe('auto');
    expect(changesSaid()).toEqual([]);
  });

  it('refuses a key that would reach into objects themselves', async () => {
    const changes = JSON.parse('{"__proto__.polluted": 1, "queue.__proto__": {"polluted": 1}}');
    await expect(workspace.engine.call('settings.set', { changes })).rejects.toMatchObject({
      code: 'config-invalid',
    });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(existsSync(file())).toBe(false);
  });

  it('does not touch a file that was broken by hand', async () => {
    const broken = 'queue:\n  threads: [1\n';
    writeFileSync(file(), broken);
    await expect(
      workspace.engine.call('settings.set', { changes: { 'training.seed': 1 } }),
    ).rejects.toMatchObject({ code: 'config-invalid', message: expect.stringContaining('config.yaml line') });
    expect(readFileSync(file(), 'utf8')).toBe(broken);
  });

  it('does not leave kept models behind in another folder', async () => {
    const { engine } = workspace;
    await engine.call('settings.set', { changes: { 'storage.artifacts_dir': 'models' } });
    await engine.call('market.demo', {});
    await train(engine, SIX);
    const storage = await engine.call('storage.summary', {});
    expect(storage).toMatchObject({ workspace: workspace.folder, modelsTrained: 6 });
    expect(storage.modelsKept).toBeGreaterThan(0);
    const files = readdirSync(join(workspace.folder, 'models')).filter((name) => name.endsWith('.model'));
    expect(files).toHaveLength(storage.modelsKept);
    const sizes = files.map((name) => statSync(join(workspace.folder, 'models', name)).size);
    expect(storage.bytesKept).toBe(sizes.reduce((sum, size) => sum + size));
    expect(storage.freeBytes).toBeGreaterThan(0);
    await expect(
      engine.call('settings.set', { changes: { 'storage.artifacts_dir': 'elsewhere' } }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });
});
