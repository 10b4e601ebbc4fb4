import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createGrowingMarket,
  GROWING_GRID,
  GROWING_PLACE,
  type GrowingMarket,
  trainGrowing,
} from '../../engine/testing/growing-market.ts';
import { within } from '../../engine/testing/within.ts';
import { TWELVE } from '../../engine/testing/workspace.ts';
import { useWorkspaces } from './workspaces.ts';

/** A registry is moved by processes that are killed in each step: `production` always names a whole version, or nobody. */

const PLACE = { symbol: 'DEMO_EURUSD', timeframe: 'H4' } as const;
const HOST = fileURLToPath(new URL('./registry-host.ts', import.meta.url));
const workspaces = useWorkspaces();

/** Two versions; the first is in production. */
let prepared: string;
let first: string;
let second: string;
beforeAll(async () => {
  prepared = workspaces.create();
  await within(prepared, async ({ call }) => {
    const { queueId } = await call('queue.create', { grid: TWELVE });
    await call('queue.start', { queueId });
    await call('queue.wait', { queueId });
    first = (await call('production.register', { run: '1' })).version;
    second = (await call('production.register', { run: '2' })).version;
    await call('production.rollback', { ...PLACE, version: first });
  });
});

function killed(workspace: string, step: string, ...argv: string[]): void {
  const { signal, stderr } = spawnSync(process.execPath, [HOST, workspace, ...argv], {
    env: { ...process.env, REGIMEN_KILL_AT: step },
    encoding: 'utf8',
  });
  expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
}

/** Before anybody opens the workspace again. */
function named(workspace: string): string | undefined {
  const folder = join(workspace, 'models', 'DEMO_EURUSD H4');
  const file = join(folder, 'production');
  if (!existsSync(file)) return undefined;
  const version = readFileSync(file, 'utf8').trim();
  expect(readdirSync(folder)).toEqual(
    expect.arrayContaining([`model_${version}.bin`, `model_${version}.json`]),
  );
  return version;
}

describe('what a killed registration leaves', () => {
  test.each([
    ['version file written', 0],
    ['version files in place', 2],
  ])('%s: goes, or is moved aside, once it can be nobody’s', async (step, orphans) => {
    const workspace = workspaces.copyOf(prepared);
    const folder = join(workspace, 'models', 'DEMO_EURUSD H4');
    const before = readdirSync(folder);
    killed(workspace, step, 'register');
    const left = readdirSync(folder).filter((name) => !before.includes(name));
    expect(left).toHaveLength(Math.max(1, orphans));
    await within(workspace, async ({ call }) => {
      // As young as this it could be another process's, a step ahead of its row.
      expect(await call('cleanup.run', {})).toMatchObject({ orphans: 0, unfinished: 0 });
      for (const name of [...left, ...before]) utimesSync(join(folder, name), 1e9, 1e9);
      expect(await call('cleanup.run', {})).toMatchObject({ orphans, unfinished: orphans === 0 ? 1 : 0 });
      expect(readdirSync(folder)).toEqual(before);
      expect((await call('verify.run', {})).problems).toEqual([]);
      expect(await call('production.show', PLACE)).toMatchObject({ production: first });
    });
  });
});

describe('killed right after', () => {
  test.each(['alias moved', 'production named'])(
    '%s, a rollback is done once anybody looks',
    async (step) => {
      const workspace = workspaces.copyOf(prepared);
      killed(workspace, step, 'rollback', second);
      expect(named(workspace)).toBe(step === 'alias moved' ? first : second);
      await within(workspace, async ({ call }) => {
        expect(await call('production.show', PLACE)).toMatchObject({
          production: second,
          aliases: { previous: first },
        });
        expect((await call('verify.run', {})).problems).toEqual([]);
      });
      expect(named(workspace)).toBe(second);
    },
  );

  test.each(['alias moved', 'production named'])(
    '%s, a promotion is in the journal with what was skipped, and done once anybody looks',
    async (step) => {
      const workspace = workspaces.copyOf(prepared);
      killed(workspace, step, 'promote', second);
      expect(named(workspace)).toBe(step === 'alias moved' ? first : second);
      await within(workspace, async ({ call }) => {
        expect(await call('production.show', PLACE)).toMatchObject({
          production: second,
          aliases: { previous: first },
        });
        const { entries } = await call('production.journal', PLACE);
        expect(entries.filter(({ reason }) => reason === 'killed')).toMatchObject([
          { action: 'promoted', from: first, to: second, gate: { passed: true } },
        ]);
        expect(entries.at(-1)!.skipped).toEqual(['validation', 'thresholds', 'verdict', 'comparison']);
      });
      expect(named(workspace)).toBe(second);
    },
  );

  test.each(['alias moved', 'production named'])('%s, a retirement is, too', async (step) => {
    const workspace = workspaces.copyOf(prepared);
    killed(workspace, step, 'retire');
    expect(named(workspace)).toBe(step === 'alias moved' ? first : undefined);
    await within(workspace, async ({ call }) => {
      expect(await call('production.show', PLACE)).toMatchObject({ production: null });
    });
    expect(named(workspace)).toBeUndefined();
  });

  test.each(['version file written', 'version files in place', 'version registered'])(
    '%s, production is what it was, and registering again makes a whole version',
    async (step) => {
      const workspace = workspaces.copyOf(prepared);
      killed(workspace, step, 'register');
      expect(named(workspace)).toBe(first);
      await within(workspace, async ({ call }) => {
        const before = (await call('production.show', PLACE)).versions.length;
        expect(before).toBe(step === 'version registered' ? 3 : 2);
        await call('production.register', { run: '1' });
        const after = await call('production.show', PLACE);
        expect(after).toMatchObject({ production: first });
        expect(after.versions).toHaveLength(before + 1);
        expect((await call('verify.run', {})).problems).toEqual([]);
      });
    },
  );
});

describe('an update that is killed', () => {
  const BARS = 5000;
  let market: GrowingMarket;
  let grown: string;
  let parent: string;
  beforeAll(async () => {
    market = createGrowingMarket(BARS + 80);
    grown = await trainGrowing(market, BARS, {
      ...GROWING_GRID,
      model_types: ['ridge'],
      hyperparameters: {},
    });
    await within(grown, async ({ call }) => {
      parent = (await call('production.register', { run: '1' })).version;
      await call('production.rollback', { ...GROWING_PLACE, version: parent });
    });
    await market.grow(grown, BARS + 80);
  });
  afterAll(() => market.remove());

  test.each(['version file written', 'version files in place', 'version registered'])(
    'right after %s leaves production as it was, and once more it is whole',
    async (step) => {
      const workspace = workspaces.copyOf(grown);
      killed(workspace, step, 'update');
      await within(workspace, async ({ call }) => {
        const before = await call('production.show', GROWING_PLACE);
        expect(before.production).toBe(parent);
        expect(before.versions).toHaveLength(step === 'version registered' ? 2 : 1);
        expect((await call('verify.run', {})).problems).toEqual([]);
        const { version } = await call('model.update', GROWING_PLACE);
        // Its sums are those of production still, whatever was killed since.
        expect(version).toMatchObject({ parent, update: { kind: 'sums', number: 1, bars: { count: 80 } } });
        expect(version!.update!.rows).not.toBeNull();
        const { entries } = await call('production.journal', GROWING_PLACE);
        expect(entries.filter(({ to }) => to === version!.version)).toMatchObject([
          { action: 'updated', from: parent },
        ]);
        expect((await call('verify.run', {})).problems).toEqual([]);
      });
    },
  );
});
