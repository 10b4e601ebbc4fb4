import { readFileSync, statSync } from 'node:fs';
import { hostname, totalmem } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { JOB_COLUMNS, type JobDto } from '../contract/dto/index.ts';
import { create, results, seenByProcess, train, useEngines } from '../testing/engines.ts';
import { artifactsOf, TWELVE } from '../testing/workspace.ts';

const { createWorkspace, open } = useEngines();

const LONG = { ...TWELVE, name: 'Long', timeframes: ['H1', 'H4'], horizons: [3, 4, 5, 6] };
const MODEL = /^[A-Z][\w ]+ DEMO_EURUSD H[14], \d+ days, \d bars ahead, normalized$/;

test('the table of jobs has the same names and figures in JSON and CSV', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace);
  const done = await train(engine, { ...TWELVE, name: 'Done, "early"' });
  const pending = await create(engine, LONG);
  const jobs = await engine.call('jobs.list', {});
  expect(jobs.map(({ id }) => id)).toEqual([done.queueId, pending]);
  for (const job of jobs) expect(Object.keys(job)).toEqual(JOB_COLUMNS);
  expect(jobs[0]).toMatchObject({
    kind: 'grid',
    name: 'Done, "early"',
    symbols: ['DEMO_EURUSD'],
    timeframes: ['H4'],
    state: 'completed',
    progress_pct: 100,
    current: 12,
    total: 12,
    unit: 'models',
    current_model: null,
    accuracy: null,
    remaining: 0,
    error: null,
    completed: 12,
  });
  expect(jobs[0]!.elapsed).toBeCloseTo(done.seconds, 6);
  const files = Object.keys(artifactsOf(workspace)).map((name) => join(workspace, 'artifacts', name));
  const models = files.reduce((sum, file) => sum + statSync(file).size, 0);
  expect(jobs[0]!.disk_bytes).toBe(models);
  // What this process holds, and no more than a machine has.
  expect(jobs[0]!.peak_memory_bytes).toBeGreaterThan(process.memoryUsage().heapUsed / 2);
  expect(jobs[0]!.peak_memory_bytes).toBeLessThan(totalmem());
  expect(Date.parse(jobs[0]!.completed_at!)).toBeGreaterThanOrEqual(Date.parse(jobs[0]!.started_at!));
  expect(jobs[1]).toMatchObject({
    state: 'pending',
    progress_pct: 0,
    current: 0,
    total: 36,
    skipped: 12,
    waiting_for: 'Waits to be started.',
    started_at: null,
    remaining: null,
    peak_memory_bytes: null,
    disk_bytes: 0,
  });
  expect(await engine.call('jobs.list', { state: 'pending' })).toEqual([jobs[1]]);
  expect(await engine.call('jobs.list', { kind: 'search' })).toEqual([]);

  const csv = join(workspace, 'jobs.csv');
  expect(await engine.call('jobs.export', { csv })).toEqual({ file: csv, jobs: 2 });
  const [head, first, ...rest] = readFileSync(csv, 'utf8').split('\r\n');
  expect(head).toBe(JOB_COLUMNS.join());
  expect(first).toMatch(/^1,grid,"Done, ""early""",DEMO_EURUSD,H4,completed,100,12,12,models,,/);
  expect(rest).toHaveLength(2);
});

test('a job in training counts from 1, says what it trains, and its time runs; so seen from elsewhere', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace);
  const jobId = await create(engine, LONG);
  const began: string[] = [];
  engine.subscribe((event) => {
    if (event.type === 'feed' && event.line.message.startsWith('Training model'))
      began.push(event.line.message);
  });
  const seen: JobDto[] = [];
  engine.subscribe((event) => {
    if (event.type === 'queue.progress')
      void engine.call('jobs.get', { jobId }).then((job) => seen.push(job));
  });
  await engine.call('queue.start', { queueId: jobId });
  expect(await engine.call('jobs.get', { jobId })).toMatchObject({ current: 1, total: 48, remaining: null });
  await results(engine, 3);
  const other = open(workspace, { processes: seenByProcess(1) });
  expect(await other.call('jobs.get', { jobId })).toMatchObject({
    state: 'running',
    current_model: expect.stringMatching(MODEL),
    owner_pid: process.pid,
    owner_host: hostname(),
    owner_kind: 'command line',
  });
  const since = (await other.call('jobs.get', { jobId })).owner_since!;
  expect(Math.abs(Date.now() - Date.parse(since))).toBeLessThan(600_000);
  expect((await other.call('queue.get', { queueId: jobId })).owner).toMatchObject({ isThis: false });
  expect((await engine.call('queue.get', { queueId: jobId })).owner).toMatchObject({ isThis: true });
  await engine.call('queue.pause', { queueId: jobId });
  await engine.call('queue.wait', { queueId: jobId });

  const inTraining = seen.filter(({ current_model }) => current_model !== null);
  expect(inTraining.length).toBeGreaterThan(0);
  for (const [
    n,
    { current, current_model, elapsed, remaining, progress_pct, completed },
  ] of inTraining.entries()) {
    expect(current).toBe(completed + 1);
    expect(progress_pct).toBeCloseTo((100 * completed) / 48, 9);
    expect(current_model).toMatch(MODEL);
    expect(remaining).toBeGreaterThan(0);
    // Results that come close together are permanent at one moment.
    expect(elapsed).toBeGreaterThanOrEqual(inTraining[n - 1]?.elapsed ?? 0);
  }
  expect(inTraining.at(-1)!.elapsed).toBeGreaterThan(0);
  const paused = await engine.call('jobs.get', { jobId });
  expect(paused).toMatchObject({
    state: 'paused',
    current: paused.completed,
    current_model: null,
    owner_pid: null,
  });
  expect(began.slice(0, 3).map((line) => line.split(':')[0])).toEqual([
    'Training model 1/48',
    'Training model 2/48',
    'Training model 3/48',
  ]);
});
