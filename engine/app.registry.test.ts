import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from './app.ts';
import { decodeModelFile } from './models/codec.ts';
import { within } from './testing/within.ts';
import { prepareWorkspaces, TWELVE, type Workspaces } from './testing/workspace.ts';

/** Versions of a trained workspace: registered, put in charge and taken out again, through whole engines. */

const PLACE = { symbol: 'DEMO_EURUSD', timeframe: 'H4' } as const;
const NAME = 'DEMO_EURUSD H4';

let workspaces: Workspaces;
let trained: string;
beforeAll(async () => {
  workspaces = await prepareWorkspaces();
  trained = workspaces.create();
  const engine = createEngine({ workspace: trained, role: 'command' });
  const { queueId } = await engine.call('queue.create', { grid: TWELVE });
  await engine.call('queue.start', { queueId });
  await engine.call('queue.wait', { queueId });
  await engine.close();
});
afterAll(() => workspaces.removeAll());

const production = (workspace: string) => join(workspace, 'models', NAME, 'production');

describe('registering', () => {
  test('makes a refit of the run on the newest bars, with its manifest, as the candidate of its name', async () => {
    const workspace = workspaces.copyOf(trained);
    await within(workspace, async ({ call }) => {
      const version = await call('production.register', { run: '1', reason: 'first' });
      expect(version).toMatchObject({ name: NAME, stage: 'Staging', aliases: ['candidate'], parent: null });
      const file = join(workspace, 'models', NAME, `model_${version.version}.bin`);
      const model = decodeModelFile(readFileSync(file), file);
      expect(model.configuration).toEqual(version.configuration);
      const manifest = JSON.parse(readFileSync(file.replace('.bin', '.json'), 'utf8'));
      expect(manifest).toMatchObject({ configHash: version.configHash, model: { sha256: version.sha256 } });
      // The lead-in of max(50, 20) bars ends with the newest bar; H4 bars of a week end on Friday.
      const all = (await call('market.list', {})).filter(({ symbol }) => symbol === 'DEMO_EURUSD');
      const newest = Math.max(...all.map(({ last }) => Date.parse(last)));
      expect(Date.parse(version.asOf)).toBeGreaterThanOrEqual(newest);
      expect(Date.parse(version.asOf)).toBeLessThanOrEqual(newest + 24 * 3_600_000);
      expect(Date.parse(version.trained.to)).toBeLessThan(Date.parse(version.asOf) - 50 * 4 * 3_600_000 + 1);
      const { entries } = await call('production.journal', {});
      expect(entries).toMatchObject([
        {
          action: 'registered',
          alias: 'candidate',
          from: null,
          to: version.version,
          reason: 'first',
          by: 'command line',
        },
      ]);
    });
  });

  test('two in one second are two versions', async () => {
    const workspace = workspaces.copyOf(trained);
    await within(workspace, async ({ call }) => {
      const versions = [
        await call('production.register', { run: '1' }),
        await call('production.register', { run: '2' }),
      ];
      expect(new Set(versions.map(({ version }) => version)).size).toBe(2);
      expect(await call('production.show', PLACE)).toMatchObject({
        aliases: { candidate: versions[1]!.version },
        production: null,
      });
    });
  });

  test('a champion is for its regime, unless another place of its market is named', async () => {
    const workspace = workspaces.copyOf(trained);
    await within(workspace, async ({ call }) => {
      const [champion] = await call('champions.list', {});
      const reference = `${champion!.symbol}/${champion!.timeframe}/${champion!.regime}`;
      const version = await call('production.register', { champion: reference });
      expect(version).toMatchObject({ regime: champion!.regime, champion: reference, run: champion!.runId });
      const everywhere = await call('production.register', { champion: reference, name: 'demo_eurusd h4' });
      expect(everywhere.name).toBe(NAME);
      await expect(call('production.register', { champion: reference, name: 'EURUSD H1' })).rejects.toThrow(
        'another market',
      );
    });
  });
});

describe('who is in charge', () => {
  test('moves by rollback and retirement, and the journal tells what was in production when', async () => {
    const workspace = workspaces.copyOf(trained);
    await within(workspace, async ({ call }) => {
      const first = await call('production.register', { run: '1' });
      const second = await call('production.register', { run: '2' });
      await expect(call('production.rollback', PLACE)).rejects.toThrow('Name a version');
      await call('production.rollback', { ...PLACE, version: first.version });
      expect(readFileSync(production(workspace), 'utf8')).toBe(`${first.version}\n`);
      await call('production.rollback', { ...PLACE, version: second.version, reason: 'better' });
      const back = await call('production.rollback', PLACE);
      expect(back).toMatchObject({ production: first.version, aliases: { previous: second.version } });
      expect(back.versions.map(({ stage }) => stage)).toEqual(['Production', 'Archived']);
      expect(readFileSync(production(workspace), 'utf8')).toBe(`${first.version}\n`);
      const retired = await call('production.retire', { ...PLACE, reason: 'enough' });
      expect(retired).toMatchObject({ production: null, aliases: { previous: first.version } });
      expect(existsSync(production(workspace))).toBe(false);
      await expect(call('production.retire', PLACE)).rejects.toThrow('Nobody is in production');

      const { entries } = await call('production.journal', PLACE);
      expect(entries.map(({ action, from, to }) => [action, from, to])).toEqual([
        ['registered', null, first.version],
        ['registered', first.version, second.version],
        ['rolled back', null, first.version],
        ['rolled back', first.version, second.version],
        ['rolled back', second.version, first.version],
        ['retired', first.version, null],
      ]);
      // What never was in charge comes there without the gate, and its line says so; coming back asks for nothing.
      const unasked = ['validation', 'thresholds', 'verdict', 'comparison'];
      expect(entries.map(({ skipped }) => skipped)).toEqual([[], [], unasked, unasked, [], []]);
      expect((await call('champions.open', { run: '1' }))[0]).toMatchObject({ isNew: false });
      const today = new Date().toISOString().slice(0, 10);
      const { inProduction } = await call('production.journal', { ...PLACE, at: today });
      expect(inProduction.map(({ version }) => version)).toEqual([
        first.version,
        second.version,
        first.version,
      ]);
      expect((await call('production.journal', { at: '2020-05-03' })).inProduction).toEqual([]);
      const now = await call('production.journal', { at: new Date(Date.now() + 60_000).toISOString() });
      expect(now.inProduction).toEqual([]);
    });
  });

  test('free aliases are moved by whoever wants to, own ones by no one', async () => {
    const workspace = workspaces.copyOf(trained);
    await within(workspace, async ({ call }) => {
      const { version } = await call('production.register', { run: '1' });
      const named = await call('production.alias', { ...PLACE, alias: 'challenger', version });
      expect(named.aliases).toEqual({ candidate: version, challenger: version });
      expect(
        (await call('production.alias', { ...PLACE, alias: 'challenger', version: null })).aliases,
      ).toEqual({ candidate: version });
      await expect(call('production.alias', { ...PLACE, alias: 'production', version })).rejects.toThrow(
        'moved by',
      );
    });
  });

  test('nothing is put in charge whose model is not what was written', async () => {
    const workspace = workspaces.copyOf(trained);
    await within(workspace, async ({ call }) => {
      const { version } = await call('production.register', { run: '1' });
      writeFileSync(join(workspace, 'models', NAME, `model_${version}.bin`), 'broken');
      await expect(call('production.rollback', { ...PLACE, version })).rejects.toMatchObject({
        code: 'artifact-damaged',
      });
      expect(await call('production.show', PLACE)).toMatchObject({ production: null });
      expect((await call('verify.run', {})).problems.map(({ kind }) => kind)).toEqual(['models']);
    });
  });

  test('the file says what the database says as soon as anybody opens the workspace', async () => {
    const workspace = workspaces.copyOf(trained);
    const version = await within(workspace, async ({ call }) => {
      const made = await call('production.register', { run: '1' });
      await call('production.rollback', { ...PLACE, version: made.version });
      return made.version;
    });
    writeFileSync(production(workspace), '20200101_000000\n');
    await within(workspace, async () => undefined);
    expect(readFileSync(production(workspace), 'utf8')).toBe(`${version}\n`);
    rmSync(production(workspace));
    await within(workspace, async () => undefined);
    expect(readFileSync(production(workspace), 'utf8')).toBe(`${version}\n`);
  });
});

describe('what a version owns', () => {
  test('no cleanup touches it, and a backup brings it back', async () => {
    const workspace = workspaces.copyOf(trained);
    const folder = join(workspace, 'models', NAME);
    const version = await within(workspace, async ({ call }) => {
      const made = await call('production.register', { run: '1' });
      await call('production.rollback', { ...PLACE, version: made.version });
      // The run itself may go: its champion is pushed out, its job removed.
      await call('queue.remove', { queueId: 1 });
      return made.version;
    });
    // What a search found for the name is kept beside it.
    const best = join(folder, 'best_hyperparameters.json');
    writeFileSync(best, '{"ridge return":{"alpha":2}}\n');
    const before = readdirSync(folder).sort();
    expect(before).toEqual([
      'best_hyperparameters.json',
      `model_${version}.bin`,
      `model_${version}.json`,
      'production',
      'sums.bin',
    ]);
    const bytes = readFileSync(join(folder, before[1]!));
    const archive = join(workspace, 'backup.zip');
    await within(workspace, async ({ call }) => {
      await call('cleanup.run', { days: 1 });
      expect(readdirSync(folder).sort()).toEqual(before);
      await call('backup.create', { file: archive });
      expect((await call('verify.run', {})).problems).toEqual([]);
    });
    rmSync(join(workspace, 'models'), { recursive: true });
    await within(workspace, async (engine) => {
      await engine.call('backup.restore', { file: archive });
      expect((await engine.call('verify.run', {})).problems).toEqual([]);
      expect(await engine.call('production.show', PLACE)).toMatchObject({ production: version });
    });
    // Sums are no part of a backup: an update makes them anew.
    expect(readdirSync(folder).sort()).toEqual(before.filter((name) => name !== 'sums.bin'));
    expect(readFileSync(join(folder, before[1]!)).equals(bytes)).toBe(true);
    expect(readFileSync(best, 'utf8')).toBe('{"ridge return":{"alpha":2}}\n');
  });
});
