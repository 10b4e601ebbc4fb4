import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { train, useEngines } from '../testing/engines.ts';
import { TWELVE } from '../testing/workspace.ts';

const { createWorkspace, open } = useEngines();

test('runs, champions and jobs have favorites, tags and notes, and lists are filtered by them', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace);
  const { queueId } = await train(engine, TWELVE);
  const { call } = engine;
  const runs = async (filter: object) =>
    (await call('history.search', { ...filter, sort: 'id', descending: false })).runs.map(({ id }) => id);
  const [first, second] = (await call('history.search', { descending: false })).runs;
  expect(first!.marks).toBeUndefined();

  const marked = await call('marks.set', {
    run: first!.uuid,
    favorite: true,
    note: ' Holds in 2024.\nWatch costs. ',
    addTags: ['Golden', 'asia'],
  });
  const marks = { favorite: true, tags: ['asia', 'Golden'], note: 'Holds in 2024.\nWatch costs.' };
  expect(marked).toMatchObject({ kind: 'run', subject: first!.uuid, title: `run ${first!.id}`, ...marks });
  await call('marks.set', { run: String(second!.id), addTags: ['golden'] });
  expect((await call('history.get', { run: first!.uuid })).marks).toEqual(marks);
  expect(await runs({ tag: 'GOLDEN' })).toEqual([first!.id, second!.id]);
  expect(await runs({ tag: 'golden', favorite: false })).toEqual([second!.id]);
  expect(await runs({ favorite: true })).toEqual([first!.id]);
  expect(await runs({ tag: 'none' })).toEqual([]);
  expect(await runs({ favorite: false })).toHaveLength(11);

  // A champion is a run at a place: whatever names it, the marks are the same.
  const [champion] = await call('champions.list', {});
  await call('marks.set', { champion: champion!.champion, addTags: ['live'] });
  const tagged = await call('champions.list', { tag: 'live' });
  expect(tagged.map(({ runId }) => runId)).toContain(champion!.runId);
  expect(new Set(tagged.map(({ runId }) => runId)).size).toBe(1);
  expect((await call('history.get', { run: champion!.runId })).marks!.tags).toContain('live');
  expect(await call('champions.list', { tag: 'nowhere' })).toEqual([]);

  await call('marks.set', { jobId: queueId, note: 'The first.', favorite: true });
  expect(await call('jobs.list', { favorite: true })).toMatchObject([
    { id: queueId, favorite: true, tags: [], note: 'The first.' },
  ]);
  expect(await call('jobs.list', { tag: 'golden' })).toEqual([]);

  const { tags, marked: all } = await call('marks.list', {});
  expect(all.map(({ title }) => title)).toContain(`job ${queueId}`);
  expect(tags.find(({ tag }) => tag.toLowerCase() === 'golden')).toMatchObject({ runs: 2, jobs: 0 });

  const csv = join(workspace, 'runs.csv');
  await call('history.export', { csv, tag: 'asia' });
  expect(readFileSync(csv, 'utf8')).toContain(`yes,asia Golden,"Holds in 2024.\nWatch costs."`);

  // Nothing left of them is as if there never had been any.
  await call('marks.set', { run: first!.uuid, favorite: false, note: '', removeTags: ['GOLDEN', 'asia'] });
  expect((await call('history.get', { run: first!.uuid })).marks).toBeUndefined();

  await expect(call('marks.set', { run: '999', favorite: true })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(call('marks.set', { favorite: true })).rejects.toThrow(
    'name one thing: run, jobId or champion',
  );
  await expect(call('marks.set', { run: '1', addTags: ['two words'] })).rejects.toThrow('a tag has 1 to 40');
  await expect(call('marks.set', { run: '1', note: 'x'.repeat(4001) })).rejects.toThrow('at most 4000');
  const many = Array.from({ length: 20 }, (_, n) => `t${n}`);
  await call('marks.set', { run: '1', addTags: many });
  await expect(call('marks.set', { run: '1', addTags: ['more'] })).rejects.toThrow(
    'at most 20 tags, found 21',
  );
});

test('marks come back from a backup; those of a removed job are gone with it, those of its runs stay', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace);
  const { queueId } = await train(engine, TWELVE);
  const { call } = engine;
  await call('marks.set', { run: '1', favorite: true });
  await call('marks.set', { jobId: queueId, addTags: ['nightly'] });
  const { file } = await call('backup.create', { file: join(workspace, 'marks.zip') });
  await call('cleanup.run', {});
  await call('queue.remove', { queueId });
  expect((await call('marks.list', {})).marked.map(({ title }) => title)).toEqual(['run 1']);
  await call('marks.set', { run: '1', favorite: false });
  await call('backup.restore', { file });
  expect((await call('marks.list', {})).marked.map(({ title }) => title).sort()).toEqual([
    `job ${queueId}`,
    'run 1',
  ]);
});
