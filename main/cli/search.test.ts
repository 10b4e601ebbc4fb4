import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobDto } from '../../engine/contract/dto/index.ts';
import type { searchJson } from './render/search.ts';
import { hourlyCsv, type Ran, regimen } from './testing/command-line.ts';

/** A search as a user runs it; the tests stand in the order of a day and share one workspace. */

type Document = ReturnType<typeof searchJson>;

let root: string;
let workspace: string;
let spec: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'search-'));
  workspace = join(root, 'workspace');
  const csv = join(root, 'EURUSD_H1.csv');
  spec = join(root, 'SEARCH.yaml');
  writeFileSync(csv, hourlyCsv(800));
  writeFileSync(
    spec,
    `model_types: ridge
symbols: EURUSD
timeframes: H4
days_history: 120
horizons: 3
trials: 16
workers: 2
pruner: none
`,
  );
  expect(await run('market', 'import', csv, '--symbol', 'EURUSD', '--timeframe', 'H1')).toMatchObject({
    status: 0,
  });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const run = (...argv: string[]): Promise<Ran> => regimen([...argv, '--workspace', workspace]);

async function json<T>(...argv: string[]): Promise<T> {
  const ran = await run(...argv, '--json');
  expect(ran, ran.stderr).toMatchObject({ status: 0 });
  return JSON.parse(ran.stdout) as T;
}

describe('search', () => {
  it('prints the document, and writes the best hyper-parameters', async () => {
    const file = join(root, 'best_hyperparameters.json');
    const document = await json<Document>('search', spec, '--best', file);
    expect(document).toMatchObject({ job_id: 1, objective: 'spearman' });
    expect(document.trials.map(({ trial }) => trial).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 16 }, (_, i) => i + 1),
    );
    expect(document.trials[0]).toMatchObject({
      model: 'Ridge EURUSD H4, 120 days, 3 bars ahead, normalized',
      state: 'completed',
      value: expect.any(Number),
      params: { alpha: 1 },
      seconds: expect.any(Number),
      same_as: null,
    });
    const [best] = document.best;
    expect(document.best).toHaveLength(1);
    expect(best!.value).toBe(Math.max(...document.trials.map(({ value }) => value!)));
    expect(document.importance).toEqual({ [best!.model]: { alpha: expect.any(Number) } });
    expect(document.test[best!.model]).toMatchObject({ status: 'completed', sharpe: expect.any(Number) });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(best!.params);
  });

  it('is followed by its trials, and told as text', async () => {
    const { status, stdout, stderr } = await run('search', spec);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^Ridge EURUSD H4, .*: 16 trials of alpha\n16 trials, 2 of a study at a time\n/);
    expect(stderr.match(/^Trial \d+\/16, Ridge EURUSD H4, .*: spearman /gm)).toHaveLength(16);
    expect(stderr).not.toContain('kept now');
    expect(stdout).toMatch(/^Search 2 "Search of Ridge on EURUSD, H4, by Spearman": spearman, 4 folds, tpe/);
    expect(stdout).toMatch(/\nBest of 16 trials: trial \d+, spearman .*: alpha /);
    expect(stdout).toMatch(/\nOn the selection window, which no trial has seen: Sharpe /);
  });

  it('tells LONG and SHORT apart, and writes what a grid reads back', async () => {
    const sided = join(root, 'sides.yaml');
    const grid = join(root, 'best.yaml');
    const file = join(root, 'best_sides.json');
    const text = readFileSync(spec, 'utf8').replace('trials: 16', 'trials: 3\ntargets: outcome 2:1');
    writeFileSync(sided, text);
    const document = await json<Document>('search', sided, '--best', file);
    const models = ['LONG', 'LONG', 'LONG', 'SHORT', 'SHORT', 'SHORT'];
    expect(document.trials.map(({ model }) => model)).toEqual(models);
    expect(document.best.map(({ model }) => model)).toEqual(['LONG', 'SHORT']);
    const configuration = 'Ridge EURUSD H4, 120 days, 3 bars ahead, outcome 2:1, normalized';
    expect(document.trials[3]).toMatchObject({ trial: 1, configuration });
    expect(Object.keys(document.test)).toEqual([configuration]);
    expect(Object.keys(document.importance)).toEqual([`${configuration}, LONG`, `${configuration}, SHORT`]);
    const best = JSON.parse(readFileSync(file, 'utf8'));
    expect(best).toEqual({ long: document.best[0]!.params, short: document.best[1]!.params });
    const axes = text.replace(/^(trials|workers|pruner):.*\n/gm, '');
    writeFileSync(grid, `${axes}hyperparameters: { ridge: ${JSON.stringify(best)} }\n`);
    const { stderr } = await run('train', grid);
    expect(stderr).toContain('1 already trained');
    const shown = (await run('trials', `${document.job_id}`)).stdout;
    expect(shown.match(/^Ridge EURUSD H4, .*, (LONG|SHORT): 3 of 3 trials, /gm)).toHaveLength(2);
    expect(
      shown.match(/^The best LONG and the best SHORT model together, on the selection window/gm),
    ).toHaveLength(1);
  });

  it('is shown again by its number, and is a job as any', async () => {
    const table = join(root, 'trials.csv');
    const shown = await run('trials', '1', '--out', table);
    expect(shown.stdout).toMatch(/^Search 1 /);
    expect(shown.stderr).toContain(`16 trials written to ${table}.`);
    expect(readFileSync(table, 'utf8').trimEnd().split('\r\n')).toHaveLength(17);
    expect(readFileSync(table, 'utf8')).toMatch(/,ended_at,param_alpha\r\n0,1,/);
    const jobs = await json<JobDto[]>('jobs', 'list');
    const searches = jobs.filter(({ kind }) => kind === 'search');
    expect(searches).toHaveLength(3);
    for (const job of searches) expect(job).toMatchObject({ unit: 'trials', progress_pct: 100 });
    expect(await run('trials', '9')).toMatchObject({ status: 3 });
  });

  it('says what is wrong with its file, place by place', async () => {
    const file = join(root, 'wrong.yaml');
    writeFileSync(file, readFileSync(spec, 'utf8').replace('trials: 16', 'trials: many\nsampler: grid'));
    const { status, stderr } = await run('search', file);
    expect(status).toBe(3);
    expect(stderr).toContain('trials: expected a whole number of trials from 1 to 100000, found "many"');
    expect(stderr).toContain('sampler: "grid" is no sampler. Use tpe or random.');
  });
});
