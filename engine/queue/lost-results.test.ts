import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkpointPath, listCheckpoints } from '../checkpoint/folder.ts';
import { computeTables, type Engine, seenByProcess, train, useEngines } from '../testing/engines.ts';
import { artifactsOf, CONFIG, outcomeOf, TWELVE } from '../testing/workspace.ts';

const { createWorkspace, open, close } = useEngines();
const GRID = { ...TWELVE, name: 'Nightly' };
const folderOf = (workspace: string) => join(workspace, 'checkpoints', 'training_pipeline');
const checkpointsIn = (workspace: string) =>
  existsSync(folderOf(workspace))
    ? readdirSync(folderOf(workspace)).filter((name) => name.startsWith('queue_'))
    : [];

/** A grid that was trained to its end, and its database as it was after the fourth result. */
let finished: string;
let early: string;
let outcome: ReturnType<typeof outcomeOf>;
beforeAll(async () => {
  finished = createWorkspace();
  early = `${finished}-early`;
  let committed = 0;
  const engine = open(finished, {
    threads: 2,
    processes: seenByProcess(999_999_999),
    onCommitStep(step) {
      if (step !== 'committed' || ++committed !== 4) return;
      mkdirSync(early);
      for (const suffix of ['', '-wal']) {
        copyFileSync(join(finished, `regimen.db${suffix}`), join(early, `regimen.db${suffix}`));
      }
    },
  });
  await train(engine, GRID);
  await close(engine);
  outcome = outcomeOf(finished);
});

let copies = 0;
/** The workspace with a database that lost all but the first results. */
function shortened(...lost: string[]): string {
  const copy = `${finished}-shortened-${copies++}`;
  cpSync(finished, copy, { recursive: true });
  cpSync(early, copy, { recursive: true });
  for (const suffix of lost) rmSync(join(copy, `regimen.db${suffix}`));
  return copy;
}

async function expectHeld(engine: Engine): Promise<void> {
  await expect(engine.call('queue.resume', { queueId: 1 })).rejects.toThrow(
    /^The database lacks \d+ results? of job 1 "Nightly" that the checkpoint .* holds, of 12: .* Nothing is trained or removed/,
  );
  await expect(engine.call('cleanup.run', {})).rejects.toMatchObject({ code: 'conflict' });
}

describe('a database that lost results', () => {
  it.each(['host', 'command'] as const)(
    'is told to a %s before anything is trained or removed; restored, all is as it was',
    async (role) => {
      const workspace = shortened();
      const models = artifactsOf(workspace);
      const engine = open(workspace, { role });
      const [lost, ...others] = await engine.call('recovery.lost', {});
      expect(others).toEqual([]);
      expect(lost).toMatchObject({ queueId: 1, name: 'Nightly', results: 12, unreadable: [] });
      expect(lost!.missing).toBeGreaterThan(0);
      expect(lost!.missing).toBeLessThan(12);
      expect(engine.notes()[0]).toContain(`The database lacks ${lost!.missing} result`);
      await expectHeld(engine);
      expect(artifactsOf(workspace)).toEqual(models);

      const [restored] = await engine.call('recovery.restore', { checkpoint: lost!.checkpoint });
      const { withoutTable, note, ...same } = restored!;
      expect(same).toEqual(lost);
      // Runs that were there keep their tables.
      expect(withoutTable.kept + withoutTable.deleted).toBe(lost!.missing);
      expect(note).toMatch(new RegExp(`^${lost!.missing} runs? ha(s|ve) no table of strategies`));
      expect(await engine.call('recovery.lost', {})).toEqual([]);
      expect(engine.notes()).toEqual([]);
      await engine.call('queue.resume', { queueId: 1 });
      await engine.call('queue.wait', { queueId: 1 });
      expect(await computeTables(engine)).toEqual(withoutTable);
      await close(engine);
      expect(outcomeOf(workspace)).toEqual(outcome);
    },
  );

  it('is told to whoever only looks, who changes nothing', async () => {
    const workspace = shortened();
    const engine = open(workspace, { role: 'reader' });
    expect(engine.notes()[0]).toContain('The database lacks');
    expect(await engine.call('recovery.lost', {})).toHaveLength(1);
  });

  it('is gone on without where that is wanted: what is lost is trained again, and its checkpoint stays aside', async () => {
    const workspace = shortened();
    const engine = open(workspace, { role: 'host' });
    const checkpoints = checkpointsIn(workspace);
    expect(await engine.call('recovery.decline', {})).toHaveLength(1);
    expect(await engine.call('recovery.lost', {})).toEqual([]);
    expect(checkpointsIn(workspace)).toEqual([]);
    expect(readdirSync(join(folderOf(workspace), 'declined'))).toEqual(checkpoints);
    await engine.call('queue.resume', { queueId: 1 });
    expect(await engine.call('queue.wait', { queueId: 1 })).toMatchObject({ completed: 12 });
    await close(engine);
    expect(outcomeOf(workspace)).toEqual(outcome);
  });

  it('leads to the newest checkpoint that can be read', async () => {
    const workspace = shortened();
    const folder = folderOf(workspace);
    const [older] = listCheckpoints(folder);
    expect(older!.header.statistics.completed).toBeGreaterThan(4);
    // The same under a later sequence, as if it had been begun anew, and damaged.
    const newest = checkpointPath(folder, 1, older!.createdAt + 1000);
    const text = readFileSync(older!.path, 'latin1').replace('"sequence":1,', '"sequence":2,');
    writeFileSync(newest, Buffer.from(text, 'latin1'));
    const engine = open(workspace, { role: 'host' });
    expect(await engine.call('recovery.lost', {})).toMatchObject([
      { checkpoint: basename(older!.path), unreadable: [basename(newest)] },
    ]);
    expect(engine.notes()[0]).toContain(`newer, but damaged: ${basename(newest)}`);
  });
});

it('a copy without its log lost results, too', async () => {
  const workspace = shortened('-wal');
  const engine = open(workspace, { role: 'host' });
  const [lost] = await engine.call('recovery.lost', {});
  expect(lost).toMatchObject({ name: 'Nightly', results: 12 });
  expect(lost!.missing).toBeGreaterThan(1);
  await engine.call('recovery.restore', {});
  const queueId = (await engine.call('queue.list', {}))[0]!.id;
  await engine.call('queue.resume', { queueId });
  expect(await engine.call('queue.wait', { queueId })).toMatchObject({ state: 'completed', completed: 12 });
  const { kept, deleted } = await computeTables(engine);
  expect(kept + deleted).toBe(lost!.missing);
  expect(await computeTables(engine)).toEqual({ kept: 0, deleted: 0 });
  await close(engine);
  expect(outcomeOf(workspace)).toEqual(outcome);
});

it('a job that goes on by itself after a crash goes on once it is decided', async () => {
  const workspace = shortened();
  writeFileSync(join(workspace, 'config.yaml'), `${CONFIG}recovery: { auto_resume_on_crash: true }\n`);
  const engine = open(workspace, { role: 'host' });
  expect(engine.isTraining()).toBe(false);
  await engine.call('recovery.decline', {});
  expect(engine.isTraining()).toBe(true);
  expect(await engine.call('queue.wait', { queueId: 1 })).toMatchObject({ completed: 12 });
});

it('nothing is asked where the database has it all', async () => {
  const engine = open(finished, { role: 'host' });
  expect(await engine.call('recovery.lost', {})).toEqual([]);
});
