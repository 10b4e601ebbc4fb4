import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelType } from './models/catalog.ts';
import { decodeModelFile } from './models/codec.ts';
import type { LinearMember } from './models/linear/member.ts';
import type { TreeEnsemble } from './models/trees/ensemble.ts';
import {
  createGrowingMarket,
  GROWING_PLACE,
  type GrowingMarket,
  trainGrowing,
} from './testing/growing-market.ts';
import { within } from './testing/within.ts';

/** Versions that go on with the candles that came since, through whole engines. */

const NAME = 'EURUSD H1';
const BARS = 9600;

let market: GrowingMarket;
let trained: string;
/** Runs by model type. */
const runs = new Map<string, string>();
beforeAll(async () => {
  market = createGrowingMarket(BARS + 600);
  trained = await trainGrowing(market, BARS);
  await within(trained, async ({ call }) => {
    const { runs: all } = await call('history.search', {});
    for (const run of all) runs.set(run.modelType, String(run.id));
  });
}, 120_000);
afterAll(() => market.remove());

function copy(): string {
  const workspace = mkdtempSync(join(market.root, 'copy-'));
  cpSync(trained, workspace, { recursive: true });
  return workspace;
}

const registered = (workspace: string, type: string) =>
  within(workspace, ({ call }) => call('production.register', { run: runs.get(type)! }));
const updated = (workspace: string, input: object = GROWING_PLACE) =>
  within(workspace, ({ call }) => call('model.update', input as typeof GROWING_PLACE));

function membersOf(workspace: string, version: string): readonly Uint8Array[] {
  const file = join(workspace, 'models', NAME, `model_${version}.bin`);
  return decodeModelFile(readFileSync(file), file).members;
}

test('where no bar came, it says so and does nothing', async () => {
  const workspace = copy();
  const { version } = await registered(workspace, 'ridge');
  const result = await updated(workspace);
  expect(result.version).toBeNull();
  expect(result.message).toContain(`Nothing is new for ${NAME}: version ${version} `);
  await within(workspace, async ({ call }) => {
    expect((await call('production.show', GROWING_PLACE)).versions).toHaveLength(1);
    expect((await call('production.journal', {})).entries).toHaveLength(1);
  });
});

test('ridge moves its sums: the version is what a fresh one would be to 1e-9, with its lineage told', async () => {
  const workspace = copy();
  const first = await registered(workspace, 'ridge');
  await market.grow(workspace, BARS + 60);
  const second = await updated(workspace);
  await market.grow(workspace, BARS + 100);
  const third = await updated(workspace, {
    ...GROWING_PLACE,
    version: second.version!.version,
    reason: 'weekly',
  });
  const version = third.version!;
  expect(version).toMatchObject({
    stage: 'Staging',
    parent: second.version!.version,
    run: first.run,
    update: { kind: 'sums', number: 2, bars: { count: 40 }, trees: null },
  });
  expect(second.version!.update).toMatchObject({ number: 1, bars: { count: 60 } });
  expect(version.update!.rows!.added).toBeGreaterThanOrEqual(3 * 40);
  expect(version.configHash).toBe(first.configHash);
  const manifest = JSON.parse(
    readFileSync(join(workspace, 'models', NAME, `model_${version.version}.json`), 'utf8'),
  );
  expect(manifest.update).toMatchObject({ kind: 'sums', number: 2, rows: version.update!.rows });

  const fresh = await registered(workspace, 'ridge');
  expect(fresh.trained).toEqual(version.trained);
  expect(fresh.sha256).not.toBe('');
  const type = modelType('ridge');
  const fitted = membersOf(workspace, fresh.version).map((bytes) => type.decode(bytes) as LinearMember);
  membersOf(workspace, version.version).forEach((bytes, k) => {
    const moved = type.decode(bytes) as LinearMember;
    expect(moved.used).toEqual(fitted[k]!.used);
    moved.coefficients.forEach((value, j) => {
      const [own, deviation] = [fitted[k]!.coefficients[j]!, fitted[k]!.deviations[j]!];
      // In log return, of moves that are a thousandth.
      expect(Math.abs(value - own) * deviation).toBeLessThan(1e-12);
    });
  });

  await within(workspace, async ({ call }) => {
    const { entries } = await call('production.journal', GROWING_PLACE);
    const line = entries.find(({ to }) => to === version.version)!;
    expect(line).toMatchObject({ action: 'updated', from: second.version!.version, alias: 'candidate' });
    expect(line.reason).toBe(`${version.update!.text}. weekly`);
    expect(line.reason).toMatch(
      /^Update of \d{8}_\d{6}: 40 bars \(.* to .*\), \d+ rows added .* and \d+ dropped\. weekly$/,
    );
    expect((await call('verify.run', {})).problems).toEqual([]);
  });
});

test('sums that are lost or broken are made anew', async () => {
  const workspace = copy();
  await registered(workspace, 'ridge');
  const file = join(workspace, 'models', NAME, 'sums.bin');
  expect(existsSync(file)).toBe(true);
  const bytes = readFileSync(file);
  bytes[bytes.length - 3]! ^= 1;
  writeFileSync(file, bytes);
  await market.grow(workspace, BARS + 60);
  const broken = await updated(workspace);
  expect(broken.version!.update).toMatchObject({ kind: 'sums', rows: null });
  expect(broken.message).toContain('sums made anew');
  rmSync(file);
  await market.grow(workspace, BARS + 90);
  expect(
    (await updated(workspace, { ...GROWING_PLACE, version: broken.version!.version })).version!.update!.rows,
  ).toBeNull();
});

describe.each(['xgboost', 'random_forest'])('%s', (type) => {
  test('goes on with trees; the gate replays fit and update in its folds; too many new bars need a new fit', async () => {
    const workspace = copy();
    const first = await registered(workspace, type);
    await market.grow(workspace, BARS + 100);
    const { version } = await updated(workspace, { run: runs.get(type)! });
    const trees = (of: string) =>
      (modelType(type).decode(membersOf(workspace, of)[0]!) as TreeEnsemble).parts.nodes.roots.length;
    const { added, dropped } = version!.update!.trees!;
    expect(version!.update).toMatchObject({ kind: 'trees', number: 1, bars: { count: 100 }, rows: null });
    expect(trees(first.version)).toBe(20);
    expect(trees(version!.version)).toBe(20 + (added - dropped) / 3);
    expect(dropped).toBe(type === 'random_forest' ? added : 0);

    await within(workspace, async ({ call }) => {
      const gate = { ...GROWING_PLACE, minVerdict: 'none' as const, force: true };
      const own = await call('production.validate', { ...gate, version: version!.version });
      const fit = await call('production.validate', { ...gate, version: first.version });
      const line = (report: typeof own) => report.lines.find(({ part }) => part === 'validation')!;
      expect(line(own).text).toMatch(/^\d test windows? of 60 days/);
      // The same windows, judged by what an update comes to, and not by a fit.
      expect(own.validation!.from).toBe(fit.validation!.from);
      expect(own.curve!.own).not.toEqual(fit.curve!.own);
      expect(own.validation!.id).not.toBe(fit.validation!.id);
    });

    await market.grow(workspace, BARS + 500);
    await expect(updated(workspace, { ...GROWING_PLACE, version: version!.version })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(
        /bars came since its trees were fitted, and updates take in at most \d+: half .* Train it anew/,
      ),
    });
  }, 60_000);
});

test('an ensemble can’t be updated, and it says why', async () => {
  const workspace = copy();
  await registered(workspace, 'ensemble');
  await market.grow(workspace, BARS + 60);
  await expect(updated(workspace)).rejects.toThrow(/its weights come from forecasts .* Train it anew/);
});

test('what it learned from must be what it was', async () => {
  const workspace = copy();
  await registered(workspace, 'ridge');
  await market.grow(workspace, BARS + 60, (candles) => {
    const close = candles.close.slice();
    const high = candles.high.slice();
    close[BARS - 400]! += 0.0004;
    high[BARS - 400] = Math.max(high[BARS - 400]!, close[BARS - 400]!);
    return { ...candles, close, high };
  });
  await expect(updated(workspace)).rejects.toThrow(
    /candles that it learned from are not what they were.* Train it anew/,
  );
  const seeded = copy();
  await registered(seeded, 'ridge');
  await market.grow(seeded, BARS + 60);
  writeFileSync(
    join(seeded, 'config.yaml'),
    `${readFileSync(join(seeded, 'config.yaml'), 'utf8')}\ntraining: { seed: 7 }\n`,
  );
  await expect(updated(seeded)).rejects.toThrow(/members, seed, .* are others/);
});

test('what can’t be meant is refused', async () => {
  const workspace = copy();
  const run = runs.get('ridge')!;
  await expect(updated(workspace, {})).rejects.toThrow('name a market, or a run');
  await expect(updated(workspace, { ...GROWING_PLACE, run })).rejects.toThrow('name a market, or a run');
  await expect(updated(workspace, { run, version: '20260101_000000' })).rejects.toThrow(
    'A version belongs to a name',
  );
  await expect(updated(workspace, { run })).rejects.toThrow(`No version was made of run ${run} yet.`);
  await expect(updated(workspace)).rejects.toThrow('EURUSD H1 has no versions');
  await expect(updated(workspace, { run: '99' })).rejects.toMatchObject({ code: 'not-found' });
  await registered(workspace, 'ridge');
  await expect(updated(workspace, { ...GROWING_PLACE, version: '20260101_000000' })).rejects.toThrow(
    'has no version',
  );
});
