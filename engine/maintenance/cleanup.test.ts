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
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArtifactFolder } from '../artifacts/folder.ts';
import { writeCheckpoint } from '../checkpoint/write.ts';
import { readWorkspaceConfig } from '../config/files.ts';
import { MARK_NAME } from '../files/folder-mark.ts';
import { decodeModelFile } from '../models/codec.ts';
import { PIPELINE_VERSION } from '../pipeline/version.ts';
import { allChampions, insertChampion } from '../store/champions.ts';
import { openStore, type Store, sqlBuilder } from '../store/database.ts';
import { formerCandles, insertFormerCandles } from '../store/former-candles.ts';
import { insertQueue } from '../store/queues.ts';
import { clearArtifact, findRun, insertRun } from '../store/runs.ts';
import { exampleChampion, exampleModel, exampleStrategy, keptRun } from '../store/testing/example-rows.ts';
import { placeQueue } from '../store/testing/queue-state.ts';
import { setGeneration, workspaceIdentity } from '../store/workspace.ts';
import { cleanup } from './cleanup.ts';
import { claimFolders } from './ownership.ts';
import { applySweep, foldersToClaim, planSweep, type SweepDeps } from './sweep.ts';

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

/** As a process that is about to train does. */
const claim = () => claimFolders(store, root, foldersToClaim(deps));
const NOTHING = { files: [], orphans: [], left: [], missing: [], former: [], changes: [] };

describe('the sweep', () => {
  it('removes what was never finished, moves aside what no row names, and touches nothing else', () => {
    const kept = keep(1);
    claim();
    const candles = join(root, 'candles');
    const unfinished = [
      inArtifacts(`.${kept}.123-0-4.tmp`),
      join(candles, '.EURUSD_H1_0123456789ab.candles.99-0-0.tmp'),
      // Of the marks themselves.
      inArtifacts(`.${MARK_NAME}.123-0-0.tmp`),
      join(candles, `.${MARK_NAME}.123-0-1.tmp`),
    ];
    const orphans = [inArtifacts(ORPHAN), join(candles, 'EURUSD_H1_0123456789ab.candles')];
    const bystanders = [
      inArtifacts('notes.txt'),
      inArtifacts('.DS_Store'),
      inArtifacts('.hidden.tmp'),
      join(candles, 'EURUSD.csv'),
    ];
    for (const file of [...unfinished, ...orphans, ...bystanders]) {
      writeFileSync(file, basename(file));
      age(file, 1);
    }
    const plan = planSweep(deps, false);
    expect(plan.missing).toEqual([]);
    expect(plan.files.map((file) => file.path).sort()).toEqual([...unfinished].sort());
    expect(plan.orphans.map((file) => file.path).sort()).toEqual([...orphans].sort());
    expect([...unfinished, ...orphans].every((file) => existsSync(file))).toBe(true);
    applySweep(deps, plan);
    expect([...unfinished, ...orphans].some((file) => existsSync(file))).toBe(false);
    expect(bystanders.every((file) => existsSync(file))).toBe(true);
    expect(readdirSync(join(root, 'artifacts'))).toContain(kept);
    const aside = join(root, 'artifacts', 'orphans');
    for (const file of orphans) {
      expect(readFileSync(join(aside, `20260601_000000_${basename(file)}`), 'utf8')).toBe(basename(file));
    }
    expect(readFileSync(join(aside, 'reasons.txt'), 'utf8').split('\n')[0]).toMatch(
      /^2026-06-01T00:00:00.000Z\t20260601_000000_ridge_EURUSD_H1_.*\tnothing in the database/,
    );
    expect(planSweep(deps, false)).toEqual(NOTHING);
  });

  it('leaves links and folders alone, whatever they are called', () => {
    claim();
    const outside = join(root, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'precious.model'), 'x');
    symlinkSync(join(outside, 'precious.model'), inArtifacts(ORPHAN));
    symlinkSync(outside, inArtifacts(`ridge_GBPUSD_H1_${keptRun(98).uuid}.model`));
    mkdirSync(inArtifacts(`ridge_USDJPY_H1_${keptRun(97).uuid}.model`));
    expect(planSweep(deps, true)).toEqual(NOTHING);
    expect(lstatSync(inArtifacts(ORPHAN)).isSymbolicLink()).toBe(true);
  });

  it('never leaves the folder for a name that leads out of it', () => {
    keep(1);
    claim();
    const precious = join(root, 'precious');
    writeFileSync(precious, 'x');
    store.raw.prepare("UPDATE runs SET artifact_file = '../precious' WHERE id = 1").run();
    applySweep(deps, planSweep(deps, true));
    expect(readFileSync(precious, 'utf8')).toBe('x');
  });

  it('says which model files are missing, and changes neither runs nor champions', () => {
    const names = [keep(1), keep(2)];
    claim();
    deps.artifacts.remove(names[0]!);
    const plan = planSweep(deps, false);
    expect(plan.missing).toEqual([{ id: 1, artifact_file: names[0] }]);
    applySweep(deps, plan);
    rmSync(join(root, 'artifacts'), { recursive: true });
    applySweep(deps, planSweep(deps, true));
    expect(planSweep(deps, true).missing).toHaveLength(2);
    expect(findRun(store, 1)).toMatchObject({ kept: 1, artifact_file: names[0] });
    expect(allChampions(store).map((champion) => champion.run_id)).toEqual([1, 2]);
    expect(store.all(sqlBuilder.selectFrom('audit').selectAll())).toEqual([]);
  });
});

describe('a folder', () => {
  it('that nobody has marked is left alone, and what lay there before is for ever', () => {
    for (const file of [ORPHAN, `.${ORPHAN}.123-0-4.tmp`]) writeFileSync(inArtifacts(file), 'x');
    expect(planSweep(deps, true)).toMatchObject({ files: [], orphans: [], left: [{ bytes: 1 }] });
    claim();
    expect(planSweep(deps, true)).toMatchObject({ orphans: [], left: [] });
    expect(existsSync(inArtifacts(ORPHAN))).toBe(true);
    // What comes later is known to be this workspace's.
    writeFileSync(inArtifacts(`lasso_EURUSD_H1_${keptRun(98).uuid}.model`), 'x');
    expect(planSweep(deps, false).orphans).toHaveLength(1);
  });

  it('of another workspace is left alone, and can not be trained in either', () => {
    claim();
    const other = openStore(join(root, 'other.db'));
    const others = { ...deps, store: other };
    writeFileSync(inArtifacts(ORPHAN), 'x');
    for (const asked of [false, true]) {
      expect(planSweep(others, asked)).toMatchObject({ files: [], orphans: [], left: [{ bytes: 1 }] });
    }
    expect(() => claimFolders(other, 'elsewhere', foldersToClaim(others))).toThrow(
      expect.objectContaining({ code: 'conflict', message: expect.stringContaining(root) }),
    );
    expect(workspaceIdentity(other).generation).toBe(0);
    writeFileSync(inArtifacts(MARK_NAME), '{"workspace":');
    expect(planSweep(deps, true).orphans).toEqual([]);
    expect(() => claim()).toThrow(expect.objectContaining({ code: 'conflict' }));
    other.close();
  });

  it('is left alone by a copy of the database that lacks the newest, until somebody asks for it', () => {
    claim();
    const early = join(root, 'early.db');
    store.raw.prepare('VACUUM INTO ?').run(early);
    claim();
    writeFileSync(inArtifacts(ORPHAN), 'x');
    const copy = openStore(early);
    const ofCopy = { ...deps, store: copy };
    expect(planSweep(ofCopy, false)).toMatchObject({ orphans: [], left: [{ bytes: 1 }] });
    expect(planSweep(ofCopy, true)).toMatchObject({ orphans: [{ bytes: 1 }], left: [] });
    expect(planSweep(deps, false).orphans).toHaveLength(1);
    // Once it has trained it is the newest.
    claimFolders(copy, root, foldersToClaim(ofCopy));
    expect(workspaceIdentity(copy).generation).toBe(3);
    expect(planSweep(deps, false).orphans).toEqual([]);
    copy.close();
  });

  it("is still this workspace's after a kill at any moment of its being marked", () => {
    claim();
    const folders = [inArtifacts(MARK_NAME), join(root, 'candles', MARK_NAME)];
    const read = () => folders.map((file) => readFileSync(file, 'utf8'));
    const write = (texts: readonly string[]) => {
      for (const [i, file] of folders.entries()) writeFileSync(file, texts[i]!);
    };
    writeFileSync(inArtifacts(ORPHAN), 'x');
    const counts = () => planSweep(deps, false).orphans.length;
    const before = read();
    const announced: string[][] = [];
    store.raw.function('look', () => {
      announced.push(read());
      return null;
    });
    store.raw.exec('CREATE TEMP TRIGGER looking AFTER UPDATE ON main.workspace BEGIN SELECT look(); END');
    claim();
    const after = read();
    const [now] = announced;
    // The database counts the new beginning: with the folders announced only, and with one or both of them marked.
    for (const texts of [now!, [after[0]!, now![1]!], [now![0]!, after[1]!], after]) {
      write(texts);
      expect(counts()).toBe(1);
    }
    // It does not yet: with none, one or both of the folders announced.
    setGeneration(store, 1);
    for (const texts of [before, [now![0]!, before[1]!], now!]) {
      write(texts);
      expect(counts()).toBe(1);
    }
    write(after);
    expect(counts()).toBe(0);
  });
});

describe('the sweep of candles', () => {
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
    const candleFiles = () => readdirSync(join(root, 'candles')).filter((name) => name !== MARK_NAME);
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
    claim();
    const files = [former(1, ['a', 'x']), former(2, ['b H4']), former(3, ['x']), former(4, ['c'])];
    expect(planSweep(deps, false).former).toEqual([files[2], files[3]]);
    applySweep(deps, planSweep(deps, false));
    expect(candleFiles()).toEqual(files.slice(0, 2));

    clearArtifact(store, 2);
    applySweep(deps, planSweep(deps, false));
    expect(candleFiles()).toEqual(files.slice(0, 1));
    expect(formerCandles(store).map(({ file }) => file)).toEqual(files.slice(0, 1));
  });

  it('leaves a candle file for a minute after it was written: its row may be on the way', () => {
    const path = join(root, 'candles', 'EURUSD_H1_0123456789ab.candles');
    claim();
    writeFileSync(path, 'x');
    const sweptAfter = (seconds: number) => {
      utimesSync(path, NOW / 1000 - seconds, NOW / 1000 - seconds);
      return planSweep(deps, false).orphans.map((file) => file.path);
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
    claim();
    writeFileSync(inArtifacts(ORPHAN), 'orphan');
    const aside = join(root, 'artifacts', 'orphans');
    mkdirSync(aside);
    for (const name of ['20260501_000000_old', '20260503_000000_young', 'note']) {
      writeFileSync(join(aside, name), '12345');
    }
    const dry = cleanup(deps, { dryRun: true });
    expect(dry).toEqual({
      dryRun: true,
      checkpoints: 1,
      orphans: 1,
      unfinished: 0,
      oldOrphans: 1,
      left: 0,
      missing: 0,
      compressed: 0,
      freedBytes: bytes + 5,
    });
    expect(existsSync(inArtifacts(ORPHAN))).toBe(true);
    expect(cleanup(deps, { dryRun: true, days: 50 })).toMatchObject({ checkpoints: 0 });
    expect(cleanup(deps, { dryRun: false })).toEqual({ ...dry, dryRun: false });
    expect(cleanup(deps, { dryRun: false })).toMatchObject({
      checkpoints: 0,
      orphans: 0,
      oldOrphans: 0,
      freedBytes: 0,
    });
    expect(readdirSync(aside).sort()).toEqual([
      '20260503_000000_young',
      `20260601_000000_${ORPHAN}`,
      'note',
      'reasons.txt',
    ]);
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
