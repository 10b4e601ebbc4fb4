import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { VerifyDto } from '../contract/dto/index.ts';
import { openStore } from '../store/database.ts';
import { damageRows } from '../store/testing/damage-rows.ts';
import { create, useEngines } from './engines.ts';
import { SMALL_GRID } from './workspace.ts';

const { createWorkspace, open, close } = useEngines();

/** Turns one bit round in the middle of a file. */
function flip(path: string): () => void {
  const sound = readFileSync(path);
  const bytes = Buffer.from(sound);
  bytes[Math.floor(bytes.length * 0.6)]! ^= 4;
  writeFileSync(path, bytes);
  return () => writeFileSync(path, sound);
}

const first = (folder: string, ending: string) =>
  join(
    folder,
    readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .sort()[0]!,
  );

test('names every kind of damage, and what it can be had from', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace, { threads: 2 });
  const queueId = await create(engine, SMALL_GRID);
  await engine.call('queue.start', { queueId });
  await engine.call('queue.wait', { queueId });
  const backup = join(workspace, 'backup.zip');
  await engine.call('backup.create', { file: backup });
  await close(engine);
  const artifacts = join(workspace, 'artifacts');
  const checkpoints = join(workspace, 'checkpoints', 'training_pipeline');
  const verified = (look: (verify: VerifyDto) => void) =>
    (async () => {
      const reader = open(workspace, { role: 'reader' });
      look(await reader.call('verify.run', {}));
      await close(reader);
    })();

  await verified(({ problems, counts }) => {
    expect(problems).toEqual([]);
    expect(counts).toMatchObject({
      database: 1,
      backups: 1,
      models: readdirSync(artifacts).filter((n) => n.endsWith('.model')).length,
    });
    expect(counts.candles).toBeGreaterThan(0);
    expect(counts.checkpoints).toBeGreaterThan(0);
  });
  for (const [kind, path] of [
    ['models', first(artifacts, '.model')],
    ['candles', first(join(workspace, 'candles'), '.candles')],
    ['checkpoints', first(checkpoints, '.json')],
    ['backups', backup],
  ] as const) {
    const mend = flip(path);
    await verified(({ problems }) => {
      expect(problems).toMatchObject([{ kind, path }]);
      const isHeld = kind === 'models' || kind === 'candles' || kind === 'backups';
      expect(problems[0]!.from !== null, kind).toBe(isHeld);
      if (kind === 'backups') expect(problems[0]!.from).toBe(`regimen backup ${path} --overwrite`);
      if (kind === 'checkpoints') expect(problems[0]!.message).toContain('It can be deleted');
      if (kind === 'candles') expect(problems[0]!.from).toBe(`regimen restore ${backup}`);
    });
    mend();
  }
  rmSync(first(artifacts, '.model'));
  await verified(({ problems }) => expect(problems).toMatchObject([{ kind: 'models' }]));
});

test('a changed figure is named, what is listed says so, and nothing else is held up', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace, { threads: 2 });
  const queueId = await create(engine, SMALL_GRID);
  await engine.call('queue.start', { queueId });
  await engine.call('queue.wait', { queueId });
  await close(engine);
  const file = join(workspace, 'regimen.db');
  const bytes = readFileSync(file);
  // In the text of a run's error or basis, wherever it stands: of the newest run.
  const at = bytes.lastIndexOf('"pipeline_version"');
  expect(at).toBeGreaterThan(0);
  bytes[at + 3]! ^= 1;
  writeFileSync(file, bytes);
  const reader = open(workspace, { role: 'reader' });
  expect(reader.notes()[0]).toMatch(/is not what was written: run \d+ \(table runs\)/);
  const { problems } = await reader.call('verify.run', {});
  expect(problems).toMatchObject([
    {
      kind: 'database',
      message: expect.stringMatching(/^run \d+ /),
      from: expect.stringContaining('regimen queue resume --checkpoint'),
    },
  ]);
  const { runs, total } = await reader.call('history.search', { limit: 100 });
  expect(runs).toHaveLength(total);
  const damaged = runs.filter(({ error }) => error?.startsWith('Damaged: '));
  expect(damaged).toMatchObject([{ sharpe: null, rmse: null }]);
  await expect(reader.call('history.get', { run: String(damaged[0]!.id) })).rejects.toMatchObject({
    code: 'artifact-damaged',
    details: { table: 'runs', row: damaged[0]!.id },
  });
  const other = runs.find(({ error }) => error === null)!;
  expect(await reader.call('history.get', { run: String(other.id) })).toMatchObject({ id: other.id });
  await close(reader);
});

test('rows of a job, of its cells and configurations are brought back from its checkpoint, as verify says', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace, { threads: 2 });
  const queueId = await create(engine, SMALL_GRID);
  await engine.call('queue.start', { queueId });
  await engine.call('queue.wait', { queueId });
  const before = await engine.call('queue.get', { queueId });
  await close(engine);
  const store = openStore(join(workspace, 'regimen.db'));
  damageRows(
    store,
    `UPDATE queues SET name = 'Q' || name; UPDATE cells SET run_key = 'x' || run_key WHERE cell_index = 1;
     UPDATE configurations SET configuration = replace(configuration, 'H4', 'D4') WHERE rowid % 2 = 0`,
  );
  store.close();
  const damaged = open(workspace);
  const { problems } = await damaged.call('verify.run', {});
  const kinds = problems.map(({ message }) => /table (\w+)/.exec(message)![1]);
  expect(new Set(kinds)).toEqual(new Set(['queues', 'cells', 'configurations']));
  const [advice, ...others] = new Set(problems.map(({ from }) => from));
  expect(others).toEqual([]);
  const [, checkpoint] = /^regimen queue resume --checkpoint (.+)$/.exec(advice!) as unknown as [
    string,
    string,
  ];
  await damaged.call('queue.resume', { checkpoint });
  await damaged.call('queue.wait', { queueId });
  expect(await damaged.call('verify.run', {})).toMatchObject({ problems: [] });
  const { name, totalConfigs, completed, kept, crowned } = before;
  expect(await damaged.call('queue.get', { queueId })).toMatchObject({
    name,
    totalConfigs,
    completed,
    kept,
    crowned,
  });
  await close(damaged);
});
