import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArtifactFolder } from '../artifacts/folder.ts';
import { writeCheckpoint } from '../checkpoint/checkpoint.ts';
import { readWorkspaceConfig } from '../config/files.ts';
import { decodeModelFile } from '../models/codec.ts';
import { PIPELINE_VERSION } from '../pipeline/version.ts';
import { allChampions, insertChampion } from '../store/champions.ts';
import { openStore, type Store, sqlBuilder } from '../store/database.ts';
import { formerCandles, insertFormerCandles } from '../store/former-candles.ts';
import { insertQueue } from '../store/queues.ts';
import { clearArtifact, findRun, insertRun } from '../store/runs.ts';
import { exampleChampion, exampleModel, exampleStrategy, keptRun } from '../store/testing/example-rows.ts';
import { placeQueue } from '../store/testing/queue-state.ts';
import { cleanup } from './cleanup.ts';
import { applySweep, planSweep, type SweepDeps } from './sweep.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 1);

let root: string;
let store: Store;
let deps: SweepDeps & { config: ReturnType<typeof readWorkspaceConfig> };
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cleanup-'));
  for (const name of ['artifacts', 'candles']) mkdirSync(join(root, name));
  store = openStore(join(root, 'regimen.db'));
  deps = {
    store,
    artifacts: openArtifactFolder(() => join(root, 'artifacts')),
    candleFolder: join(root, 'candles'),
    checkpointFolder: join(root, 'checkpoints'),
    now: () => NOW,
    config: readWorkspaceConfig(root),
  };
});
afterEach(() => {
  store.close();
  rmSync(root, { recursive: true });
});

const ORPHAN = `ridge_EURUSD_H1_${keptRun(99).uuid}.model`;
const inArtifacts = (name: string) => join(root, 'artifacts', name);

function keep(n: number, columns = 3): string {
  const run = keptRun(n);
  deps.artifacts.write(run.artifact_file, exampleModel(n, columns));
  insertRun(store, run, [exampleStrategy(0)]);
  insertChampion(store, exampleChampion(n, `regime_${n}`, 1));
  return run.artifact_file;
}

function age(path: string, days: number): void {
  const seconds = (NOW - days * DAY) / 1000;
  utimesSync(path, seconds, seconds);
}

describe('the sweep', () => {
  it('finds files without a row, in all folders, and touches nothing else', () => {
    const kept = keep(1);
    const candles = join(root, 'candles');
    const files = [
      inArtifacts(ORPHAN),
      inArtifacts(`.${kept}.123-0-4.tmp`),
      join(candles, 'EURUSD_H1_0123456789ab.candles'),
      join(candles, '.EURUSD_H1_0123456789ab.candles.99-0-0.tmp'),
    ];
    const bystanders = [inArtifacts('notes.txt'), inArtifacts('.hidden.tmp'), join(candles, 'EURUSD.csv')];
    for (const file of [...files, ...bystanders]) {
      writeFileSync(file, 'x');
      age(file, 1);
    }
    const plan = planSweep(deps, false);
    expect(plan.lost).toEqual([]);
    expect(plan.files.map((file) => file.path).sort()).toEqual([...files].sort());
    expect(files.every((file) => existsSync(file))).toBe(true);
    applySweep(deps, plan);
    expect(files.some((file) => existsSync(file))).toBe(false);
    expect(bystanders.every((file) => existsSync(file))).toBe(true);
    expect(readdirSync(join(root, 'artifacts'))).toContain(kept);
    expect(planSweep(deps, false)).toEqual({ files: [], lost: [], former: [] });
  });

  it('leaves links and folders alone, whatever they are called', () => {
    const outside = join(root, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'precious.model'), 'x');
    symlinkSync(join(outside, 'precious.model'), inArtifacts(ORPHAN));
    symlinkSync(outside, inArtifacts(`ridge_GBPUSD_H1_${keptRun(98).uuid}.model`));
    mkdirSync(inArtifacts(`ridge_USDJPY_H1_${keptRun(97).uuid}.model`));
    applySweep(deps, planSweep(deps, false));
    expect(readdirSync(join(root, 'artifacts'))).toHaveLength(3);
    expect(lstatSync(inArtifacts(ORPHAN)).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(outside, 'precious.model'), 'utf8')).toBe('x');
  });

  it('never leaves the folder for a name that leads out of it', () => {
    keep(1);
    const precious = join(root, 'precious');
    writeFileSync(precious, 'x');
    store.raw.prepare("UPDATE runs SET artifact_file = '../precious' WHERE id = 1").run();
    applySweep(deps, planSweep(deps, false));
    expect(readFileSync(precious, 'utf8')).toBe('x');
    expect(findRun(store, 1)).toMatchObject({ kept: 0, artifact_file: null });
  });

  it('marks runs without their file as not kept, ends their championships and says why', () => {
    const lost = keep(1);
    keep(2);
    deps.artifacts.remove(lost);
    applySweep(deps, planSweep(deps, false));
    expect(findRun(store, 1)).toMatchObject({ kept: 0, artifact_file: null });
    expect(allChampions(store).map((champion) => champion.run_id)).toEqual([2]);
    const audit = store.all(sqlBuilder.selectFrom('audit').selectAll());
    expect(audit).toHaveLength(1);
    expect(audit[0]).toMatchObject({ run_id: 1, regime: 'regime_1', decision: 'pushed_out', new_score: 1 });
    expect(audit[0]!.reason).toContain(lost);
  });

  it('does not take all models for lost when the folder itself is, unless asked to', () => {
    deps.artifacts.remove(keep(1));
    expect(planSweep(deps, false).lost).toEqual([]);
    expect(planSweep(deps, true).lost).toHaveLength(1);
    rmSync(join(root, 'artifacts'), { recursive: true });
    expect(planSweep(deps, false).lost).toEqual([]);
  });

  it('keeps former candles while a run that can be opened needs them, and forgets them after its last one', () => {
    const view = (digest: string) => ({ digest, first: '2026-01-01T00:00:00.000Z', bars: 9, source: 'H1' });
    const range = { from: '2026-01-01T00:00:00.000Z', to: '2026-05-01T00:00:00.000Z' };
    const basis = (digest: string, version = PIPELINE_VERSION) =>
      JSON.stringify({
        windows: { training: range, start: range.from, evaluated: [{ name: 'selection', ...range }] },
        candles: view(digest),
        higher_timeframes: { H4: view(`${digest} H4`) },
        pipeline_version: version,
      });
    const bases = [basis('a'), basis('b'), basis('c', PIPELINE_VERSION - 1)];
    for (const [i, json] of bases.entries()) {
      keep(i + 1);
      store.raw.prepare('UPDATE runs SET basis = ? WHERE id = ?').run(json, i + 1);
    }
    const former = (n: number, views: readonly string[]) => {
      const file = `EURUSD_H1_00000000000${n}.candles`;
      writeFileSync(join(root, 'candles', file), 'x');
      age(join(root, 'candles', file), 1);
      insertFormerCandles(store, {
        file,
        symbol: 'EURUSD',
        timeframe: 'H1',
        digest: `${n}`,
        replacedAt: NOW - n,
        views,
      });
      return file;
    };
    const files = [former(1, ['a', 'x']), former(2, ['b H4']), former(3, ['x']), former(4, ['c'])];
    expect(planSweep(deps, false).former).toEqual([files[2], files[3]]);
    applySweep(deps, planSweep(deps, false));
    expect(readdirSync(join(root, 'candles'))).toEqual(files.slice(0, 2));

    clearArtifact(store, 2);
    applySweep(deps, planSweep(deps, false));
    expect(readdirSync(join(root, 'candles'))).toEqual(files.slice(0, 1));
    expect(formerCandles(store).map(({ file }) => file)).toEqual(files.slice(0, 1));
  });

  it('leaves a candle file for a minute after it was written: its row may be on the way', () => {
    const path = join(root, 'candles', 'EURUSD_H1_0123456789ab.candles');
    writeFileSync(path, 'x');
    const sweptAfter = (seconds: number) => {
      utimesSync(path, NOW / 1000 - seconds, NOW / 1000 - seconds);
      return planSweep(deps, false).files.map((file) => file.path);
    };
    expect([sweptAfter(0), sweptAfter(5), sweptAfter(60)]).toEqual([[], [], []]);
    expect(sweptAfter(61)).toEqual([path]);
    // Written by a clock that is ahead.
    expect(sweptAfter(-5)).toEqual([]);
  });
});

describe('cleanup', () => {
  it('compresses old models so that they decode to the same, and only once', () => {
    const name = keep(1, 50);
    const young = keep(2, 50);
    age(inArtifacts(name), 31);
    age(inArtifacts(young), 29);
    const before = deps.artifacts.read(name);
    const result = cleanup(deps, { dryRun: false });
    const after = deps.artifacts.read(name);
    expect(result).toMatchObject({ compressed: 1, freedBytes: before.length - after.length });
    expect(after.length).toBeLessThan(before.length);
    expect(decodeModelFile(after, name)).toEqual(decodeModelFile(before, name));
    expect(findRun(store, 1)?.artifact_bytes).toBe(after.length);
    expect(cleanup(deps, { dryRun: false })).toMatchObject({ compressed: 0, freedBytes: 0 });
  });

  it('leaves a damaged model as it is', () => {
    const name = keep(1);
    writeFileSync(inArtifacts(name), 'damaged');
    age(inArtifacts(name), 31);
    expect(cleanup(deps, { dryRun: false })).toMatchObject({ compressed: 0 });
    expect(readFileSync(inArtifacts(name), 'utf8')).toBe('damaged');
  });

  it('only counts in a dry run', async () => {
    const queueId = insertQueue(store, { name: 'q', spec: {}, createdAt: NOW }, []);
    placeQueue(store, queueId, 'completed');
    const early = { ...deps, folder: deps.checkpointFolder, now: () => NOW - 40 * DAY };
    const bytes = readFileSync(await writeCheckpoint(early, queueId)).length;
    writeFileSync(inArtifacts(ORPHAN), 'orphan');
    const dry = cleanup(deps, { dryRun: true });
    expect(dry).toEqual({ dryRun: true, checkpoints: 1, orphans: 1, compressed: 0, freedBytes: bytes + 6 });
    expect(existsSync(inArtifacts(ORPHAN))).toBe(true);
    expect(cleanup(deps, { dryRun: true, days: 50 })).toMatchObject({ checkpoints: 0 });
    expect(cleanup(deps, { dryRun: false })).toEqual({ ...dry, dryRun: false });
    expect(cleanup(deps, { dryRun: false })).toMatchObject({ checkpoints: 0, orphans: 0, freedBytes: 0 });
  });

  it('keeps the newest checkpoint of a queue that is not finished, or that the database does not know', async () => {
    const queueId = insertQueue(store, { name: 'q', spec: {}, createdAt: NOW }, []);
    const early = { ...deps, folder: deps.checkpointFolder, now: () => NOW - 40 * DAY };
    await writeCheckpoint(early, queueId);
    placeQueue(store, queueId, 'paused');
    expect(cleanup(deps, { dryRun: false }).checkpoints).toBe(0);
    store.raw.prepare('DELETE FROM queues').run();
    expect(cleanup(deps, { dryRun: false }).checkpoints).toBe(0);
  });

  it('is refused while a queue runs', () => {
    const queueId = insertQueue(store, { name: 'q', spec: {}, createdAt: NOW }, []);
    placeQueue(store, queueId, 'running');
    expect(() => cleanup(deps, { dryRun: true })).toThrow(expect.objectContaining({ code: 'conflict' }));
  });
});
