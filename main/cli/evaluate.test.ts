import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type {
  ChampionDto,
  EvaluationPreviewDto,
  JobDto,
  QueueSummaryDto,
} from '../../engine/contract/dto/index.ts';
import { hourlyCsv, type Ran, regimen } from './testing/command-line.ts';

/** Costs that change, and what becomes of models then; the tests stand in the order of a user's day and share one workspace. */

let root: string;
let workspace: string;
let kept: number;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'evaluate-'));
  workspace = join(root, 'workspace');
  const csv = join(root, 'EURUSD_H1.csv');
  const grid = join(root, 'grid.yaml');
  writeFileSync(csv, hourlyCsv(800));
  const axes = { model_types: ['ridge', 'lasso'], symbols: ['EURUSD'], timeframes: ['H1'] };
  writeFileSync(grid, JSON.stringify({ ...axes, days_history: [90, 120], horizons: [2, 6] }));
  await run('market', 'import', csv, '--symbol', 'EURUSD', '--timeframe', 'H1');
  ({ kept } = await json<QueueSummaryDto>('train', grid));
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(8);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const run = (...argv: string[]): Promise<Ran> => regimen([...argv, '--workspace', workspace]);

/** The one JSON document that a command prints. */
async function json<T>(...argv: string[]): Promise<T> {
  const ran = await run(...argv, '--json');
  expect(ran).toMatchObject({ status: 0 });
  return JSON.parse(ran.stdout) as T;
}

const setCost = (pips: number) =>
  writeFileSync(join(workspace, 'config.yaml'), `costs: { symbols: { EURUSD: { spread_pips: ${pips} } } }\n`);

it('says that there is nothing to do, and queues nothing', async () => {
  const ran = await run('evaluate', '--retrain-deleted');
  expect(ran).toMatchObject({ status: 0 });
  expect(ran.stdout).toBe(
    "Nothing to evaluate again.\nEvery model has the figures of today's costs, regimes and rules.\n",
  );
  expect(await json('evaluate')).toMatchObject({ queueId: null, kept: { count: 0 } });
  expect(await json<JobDto[]>('jobs', 'list')).toHaveLength(1);
});

it('counts what other costs make out of date, and changes nothing', async () => {
  setCost(1.3);
  const { stdout } = await run('evaluate', '--dry-run');
  expect(stdout.split('\n')).toEqual([
    `${kept} kept models to be evaluated again`,
    `  ${kept} models: the trading costs changed since`,
    `${8 - kept} deleted models would have to be trained again (--retrain-deleted)`,
    `  ${8 - kept} models: the trading costs changed since`,
    '',
  ]);
  expect(await json<EvaluationPreviewDto>('evaluate', '--dry-run')).toMatchObject({ kept: { count: kept } });
  expect(await json<JobDto[]>('jobs', 'list')).toHaveLength(1);
});

it('puts it into the queue once, as a job like any other', async () => {
  const [job] = await json<JobDto[]>('evaluate', '--enqueue');
  expect(job).toMatchObject({
    kind: 'evaluation',
    state: 'pending',
    symbols: ['EURUSD'],
    timeframes: ['H1'],
    current: 0,
    total: kept,
    unit: 'models',
  });
  const again = await run('evaluate', '--enqueue');
  expect(again.stdout).toMatch(/^Nothing more to do: \d+ models out of date are in the queue already\.\n/);
  expect(await json<JobDto[]>('jobs', 'list', '--kind', 'evaluation')).toHaveLength(1);
  const started = await run('jobs', 'start', String(job!.id));
  expect(started).toMatchObject({ status: 0 });
  expect(started.stdout).toMatch(/^Kept models, evaluated again: \d+ models evaluated again in /);
  expect(started.stderr).toContain('Starting evaluation queue "Kept models, evaluated again"…');
  const champions = await json<ChampionDto[]>('champions');
  expect(champions.every(({ outdated, stale }) => (outdated ?? stale) === null)).toBe(true);
});

it('evaluates at once, and then trains exactly what was deleted', async () => {
  setCost(0.9);
  const { kept: stale, deleted } = await json<EvaluationPreviewDto>('evaluate', '--dry-run');
  expect(stale.count + deleted.count).toBe(8);
  const ran = await run('evaluate', '--retrain-deleted');
  expect(ran).toMatchObject({ status: 0 });
  expect(ran.stdout).toMatch(/^Kept models, evaluated again: /);
  const jobs = await json<JobDto[]>('jobs', 'list');
  expect(jobs.map(({ kind, state }) => [kind, state])).toEqual([
    ['grid', 'completed'],
    ['evaluation', 'completed'],
    ['evaluation', 'completed'],
    ['list', 'completed'],
  ]);
  // What was pushed out by the evaluation has its figures of today.
  expect(jobs.at(-1)).toMatchObject({ name: 'Deleted models, trained again', completed: deleted.count });
  expect((await run('evaluate')).stdout).toMatch(/^Nothing to evaluate again\./);
});
