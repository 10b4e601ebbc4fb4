import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rawDatabase } from '../store/testing/raw-database.ts';
import { openTestWorkspace, TEST_TIME, type TestWorkspace, train } from '../testing/engines.ts';
import { SIX } from '../testing/workspace.ts';

const HOUR = 3_600_000;

let now = TEST_TIME;
let workspace: TestWorkspace;
beforeAll(() => {
  workspace = openTestWorkspace('command', () => now);
});
afterAll(() => workspace.dispose());

it('tells of an empty workspace that it is', async () => {
  expect(await workspace.engine.call('overview.get', {})).toMatchObject({
    since: null,
    hasSeries: false,
    hasJobs: false,
    finished: { total: 0, listed: [] },
    champions: { total: 0 },
    evidence: { champions: 0, withEvidence: 0, validated: 0 },
    running: [],
    decisions: { total: 0 },
  });
});

it('tells what ended, who won and whose place it was, once, and leaves the look as it is', async () => {
  const { engine, folder } = workspace;
  await engine.call('market.demo', {});
  await train(engine, { ...SIX, name: 'First', horizons: [12] });
  const first = await engine.call('overview.get', {});
  const before = await engine.call('champions.list', {});
  expect(first.finished).toMatchObject({
    total: 1,
    listed: [{ name: 'First', state: 'completed', completed: 3 }],
  });
  expect(first.champions.total).toBe(before.length);
  expect(first.champions.listed.every(({ replaced }) => replaced === null)).toBe(true);
  expect(first.evidence).toMatchObject({ champions: before.length, validated: 0 });
  expect(first.decisions.listed.map(({ code }) => code)).toEqual(['champions-unvalidated']);

  await engine.call('overview.seen', {});
  now += 2 * HOUR;
  expect((await engine.call('overview.get', {})).finished.total).toBe(0);
  await train(engine, { ...SIX, name: 'Second', horizons: [3] });
  const second = await engine.call('overview.get', {});
  expect(second).toEqual(await engine.call('overview.get', {}));
  expect(second.since).toBe(new Date(TEST_TIME).toISOString());
  expect(second.finished.listed.map(({ name }) => name)).toEqual(['Second']);
  const won = (await engine.call('champions.list', {})).filter(({ horizon }) => horizon === 3);
  expect(won.length).toBeGreaterThan(0);
  expect(new Set(second.champions.listed.map(({ champion }) => champion))).toEqual(
    new Set(won.map(({ champion }) => champion)),
  );
  // Who had the place before the second grid, whoever had it for a moment in between.
  const held = new Map(before.map(({ champion, runId }) => [champion, runId]));
  for (const { champion, replaced } of second.champions.listed) {
    expect(replaced?.runId).toBe(held.get(champion));
  }
  const db = rawDatabase(join(folder, 'regimen.db'));
  const again = db.prepare("SELECT count(*) FROM audit WHERE decision = 'champion'").pluck().get() as number;
  db.close();
  expect(again).toBeGreaterThan(before.length + second.champions.total);

  const since = new Date(TEST_TIME - HOUR).toISOString();
  expect((await engine.call('overview.get', { since })).finished.total).toBe(2);
  expect(await engine.call('overview.seen', { all: true })).toEqual({ since: new Date(now).toISOString() });
  expect((await engine.call('overview.get', {})).champions.total).toBe(0);
});
