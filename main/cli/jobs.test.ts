import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { JOB_COLUMNS, type JobDto } from '../../engine/contract/dto/index.ts';
import { filesOf, hourlyCsv, type Ran, regimen } from './testing/command-line.ts';

/** The table of jobs and what is done to it; the tests stand in the order of a user's day and share one workspace. */

let root: string;
let workspace: string;
let grid: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'jobs-'));
  workspace = join(root, 'workspace');
  const csv = join(root, 'EURUSD_H1.csv');
  writeFileSync(csv, hourlyCsv(800));
  await run('market', 'import', csv, '--symbol', 'EURUSD', '--timeframe', 'H1');
  grid = write('small', {});
  await json('train', grid);
  await json('train', grid, '--retrain');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const run = (...argv: string[]): Promise<Ran> => regimen([...argv, '--workspace', workspace]);

/** The one JSON document that a command prints. */
async function json<T>(...argv: string[]): Promise<T> {
  const ran = await run(...argv, '--json');
  expect(ran).toMatchObject({ status: 0 });
  return JSON.parse(ran.stdout) as T;
}

/** A grid of eight, with changes; JSON is YAML. */
function write(name: string, changes: Readonly<Record<string, unknown>>): string {
  const file = join(root, `${name}.yaml`);
  const axes = { model_types: ['ridge', 'lasso'], symbols: ['EURUSD'], timeframes: ['H1', 'H4'] };
  writeFileSync(file, JSON.stringify({ name, ...axes, days_history: [90], horizons: [2, 6], ...changes }));
  return file;
}

const modelFiles = () => Object.keys(filesOf(workspace)).filter((name) => name.endsWith('.model')).length;

it('list and show print the table that HTTP and CSV have, under the old name, too', async () => {
  const jobs = await json<JobDto[]>('jobs', 'list');
  expect(jobs.map(({ id, name, state }) => [id, name, state])).toEqual([
    [1, 'small', 'completed'],
    [2, 'small', 'completed'],
  ]);
  expect(Object.keys(jobs[0]!)).toEqual(JOB_COLUMNS);
  expect(jobs[0]!.kept + jobs[1]!.kept).toBe(modelFiles());
  expect(await json('queue', 'list')).toEqual(jobs);
  expect(await json('jobs', 'show', '2')).toEqual(jobs[1]);
  expect((await run('jobs', 'list')).stdout).toMatch(/^ *ID +Kind +Name +State +Done +Current +Total/);
  expect((await run('jobs', 'show', '2')).stdout).toMatch(/^current +8$/m);
  const csv = join(root, 'jobs.csv');
  expect(await json('jobs', 'list', '--state', 'completed', '--csv', csv)).toEqual({ file: csv, jobs: 2 });
  expect(readFileSync(csv, 'utf8')).toMatch(
    new RegExp(`^${JOB_COLUMNS.join()}\r\n1,grid,small,EURUSD,H1 H4,`),
  );
});

it('enqueue puts a grid behind the others and returns; the job is steered by its number', async () => {
  const later = write('later', { horizons: [3] });
  const ran = await run('train', later, '--enqueue');
  expect(ran.status).toBe(0);
  expect(ran.stdout).toBe(
    'Job 3 "later" is pending, 0 of 4 models. Waits for a window or server that is open on this workspace, or to be started.\n',
  );
  expect(await json('jobs', 'priority', '3', '7')).toMatchObject({ id: 3, state: 'pending', priority: 7 });
  expect(await json<JobDto[]>('jobs', 'list', '--state', 'pending')).toHaveLength(1);
  expect(await json('jobs', 'start')).toMatchObject({ queueId: 3, completed: 4 });
  expect(await json('jobs', 'remove', '3')).toEqual({ queueId: 3 });
});

it('skip-impossible leaves out what the candles are too short for', async () => {
  const impossible = write('impossible', { timeframes: ['H1', 'D1'], days_history: [30] });
  const refused = await run('grid', 'preview', impossible);
  expect(refused.status).toBe(3);
  expect(refused.stderr).toContain("4 of 8 configurations can't be trained; they can be left out");
  expect(refused.stderr).toContain('add --skip-impossible');
  expect(await json('grid', 'preview', impossible, '--skip-impossible')).toMatchObject({
    toTrain: 4,
    impossible: 4,
  });
  const { stdout } = await run('train', impossible, '--skip-impossible');
  expect(stdout).toMatch(/^impossible: 4 configurations trained .* 0 already trained before, 4 impossible; /);
  await run('jobs', 'remove', '3');
});

it('submit asks for what HTTP asks for, and follow tells how it goes', async () => {
  const request = join(root, 'request.json');
  const asked = {
    kind: 'walk_forward',
    symbol: 'EURUSD',
    timeframe: 'H1',
    training_mode: 'quick',
    model_type: 'ridge',
  };
  writeFileSync(request, JSON.stringify(asked));
  const first = await json<{ job_id: string; status: string }>('jobs', 'submit', request, '--key', 'nightly');
  expect(first.status).toBe('pending');
  const again = await json<{ job_id: string; repeated: boolean }>(
    'jobs',
    'submit',
    request,
    '--key',
    'nightly',
  );
  expect(again).toMatchObject({ job_id: first.job_id, repeated: true });

  const followed = run('jobs', 'follow', first.job_id);
  const started = await run('jobs', 'start', first.job_id);
  expect(started.status).toBe(0);
  const { status, stdout, stderr } = await followed;
  expect(status).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Job ${first.job_id} ".*" is completed, 100 % done`));
  expect(stderr).toContain(`Job ${first.job_id}`);
  expect(await json('jobs', 'follow', first.job_id)).toMatchObject({
    job_id: first.job_id,
    status: 'completed',
  });

  writeFileSync(request, '{"kind": "dance"}');
  const refused = await run('jobs', 'submit', request);
  expect(refused.status).toBe(3);
  expect(refused.stderr).toContain(`${request} can't be used:`);
  expect(refused.stderr).toContain(
    'kind: expected grid, walk_forward, search, production or survival, found "dance"',
  );
  writeFileSync(request, 'kind: {');
  expect((await run('jobs', 'submit', request)).stderr).toContain(`${request} line 1`);
  expect((await run('jobs', 'follow', '999')).status).toBe(3);
});
