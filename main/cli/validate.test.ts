import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChampionDto, JobDto } from '../../engine/contract/dto/index.ts';
import type { validationJson, validationRowJson } from './render/validation-json.ts';
import { hourlyCsv, type Ran, regimen } from './testing/command-line.ts';

/** Validations as a user runs them; the tests stand in the order of a day and share one workspace. */

type Document = ReturnType<typeof validationJson>;
type Row = ReturnType<typeof validationRowJson>;

let root: string;
let workspace: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'validate-'));
  workspace = join(root, 'workspace');
  const csv = join(root, 'EURUSD_H1.csv');
  const grid = join(root, 'grid.yaml');
  writeFileSync(csv, hourlyCsv(1600));
  const axes = { model_types: ['ridge'], symbols: ['EURUSD'], timeframes: ['H4'] };
  writeFileSync(grid, JSON.stringify({ ...axes, days_history: [90], horizons: [3] }));
  for (const symbol of ['EURUSD', 'GBPUSD']) {
    const ran = await run('market', 'import', csv, '--symbol', symbol, '--timeframe', 'H1');
    expect(ran).toMatchObject({ status: 0 });
  }
  expect(await run('train', grid)).toMatchObject({ status: 0 });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const run = (...argv: string[]): Promise<Ran> => regimen([...argv, '--workspace', workspace]);
const RIDGE = ['--model-type', 'ridge'];
const config = (text: string) => writeFileSync(join(workspace, 'config.yaml'), text);

async function json<T>(status: number, ...argv: string[]): Promise<T> {
  const ran = await run(...argv, '--json');
  expect(ran, ran.stderr).toMatchObject({ status });
  return JSON.parse(ran.stdout) as T;
}

describe('quick', () => {
  it('says what it is for, follows the folds, and ends with criteria and verdict; status 2 where any is missed', async () => {
    config('validation: { targets: { quick: { EURUSD: { trades: 100000 } } } }');
    const { status, stdout, stderr } = await run('validate', 'quick', 'EURUSD', 'H4', ...RIDGE);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^Quick: is the setting worth a closer look\?/);
    expect(stderr).toMatch(/\nEURUSD H4: 3 folds of 60 days and 2 to see it age, tests from /);
    expect(stderr.match(/^Fold [123]\/3, EURUSD H4, test .*accuracy .*Sharpe /gm)).toHaveLength(3);
    expect(stderr.match(/^Aging fold [12]\/2, /gm)).toHaveLength(2);
    expect(stderr).not.toContain('kept now');
    expect(stdout).toMatch(/^Validation 1 \(quick\) of EURUSD H4, job 2: Ridge/);
    expect(stdout).toMatch(/\nTrades +at least 100,000 .* MISSED\n/);
    expect(stdout).toMatch(/\nVerdict: /);
  });

  it('computes nothing twice, and prints the document', async () => {
    const document = await json<Document>(2, 'validate', 'quick', 'eurusd', '4h', ...RIDGE);
    expect(document).toMatchObject({ job_id: 3, scheme: 'quick', met: false });
    expect(document.folds.map(({ kind }) => kind)).toEqual([
      'rolling',
      'rolling',
      'rolling',
      'aging',
      'aging',
    ]);
    const trades = document.criteria.find(({ metric, met }) => metric === 'trades' && !met);
    expect(trades).toMatchObject({ threshold: 100_000, value: document.stitched.trades });
    const shown = await json<Document>(0, 'validate', 'show', '2');
    expect(shown).toEqual(document);
  });

  it('of several symbols is one job and a list', async () => {
    const all = await json<(Document & { symbol: string })[]>(
      2,
      ...['validate', 'quick', 'H4', '--symbols', 'EURUSD,GBPUSD', ...RIDGE, '--parallel', '1'],
    );
    expect(all.map(({ symbol, job_id }) => `${symbol} ${job_id}`)).toEqual(['EURUSD 4', 'GBPUSD 4']);
  });
});

describe('sequential', () => {
  it('does not go on where criteria are missed and nobody can be asked, whatever --yes says', async () => {
    const { status, stdout, stderr } = await run('validate', 'sequential', 'EURUSD', 'H4', ...RIDGE, '--yes');
    expect(status).toBe(2);
    expect(stderr).toContain('Criteria of quick are missed, and nobody is here to say');
    expect(stdout).toMatch(/^Validation \d+ \(quick\)/);
  });

  it('then waits, as every list says, until it is confirmed or left at quick', async () => {
    const rows = await json<Row[]>(0, 'validate', 'list');
    const waiting = rows.at(-1)!;
    expect(waiting).toMatchObject({ scheme: 'quick', job_state: 'awaiting_confirmation' });
    const job = String(waiting.job_id);
    expect((await run('jobs', 'list')).stdout).toContain('awaiting');
    expect((await run('validate', 'show', String(waiting.id))).stdout).toContain(`validate confirm ${job}`);
    const left = await run('validate', 'confirm', job, '--no');
    expect(left).toMatchObject({ status: 2 });
    expect(left.stdout).toMatch(/^Validation \d+ \(quick\)/);
    const again = await run('validate', 'confirm', job);
    expect(again).toMatchObject({ status: 3, stderr: expect.stringContaining('is completed') });

    const sequential = ['validate', 'sequential', 'EURUSD', 'H4', ...RIDGE, '--folds', '3'];
    const asked = await json<Document & { job_state: string }>(2, ...sequential, '--no-input');
    expect(asked).toMatchObject({ scheme: 'quick', job_state: 'awaiting_confirmation' });
    const confirmed = await run('validate', 'confirm', String(asked.job_id), '--json');
    const full = JSON.parse(confirmed.stdout) as Document;
    expect(full).toMatchObject({ scheme: 'full', job_id: asked.job_id });
    expect(confirmed.status).toBe(full.met ? 0 : 2);
  });

  it('goes on where all are met and --yes says so, to one result', async () => {
    config('');
    const sequential = ['validate', 'sequential', 'EURUSD', 'H4', ...RIDGE, '--folds', '3'];
    const unasked = await run(...sequential, '--no-input');
    expect(unasked, unasked.stderr).toMatchObject({ status: 0 });
    expect(unasked.stderr).toContain(
      'All criteria of quick are met; full was not asked for: --yes goes on with it.',
    );
    expect(unasked.stdout).toMatch(/ \(quick\) of EURUSD H4/);
    const both = await run(...sequential, '--yes', '--json');
    expect(both.stderr).toContain(
      'All criteria of quick are met: going on with full.\nFull: what evidence is made of.',
    );
    const full = JSON.parse(both.stdout) as Document;
    expect(full).toMatchObject({ scheme: 'full' });
    expect(full.folds).toHaveLength(3);
    expect(both.status).toBe(full.met ? 0 : 2);
  });
});

describe('own', () => {
  it('validates a champion, which then says what came of it', async () => {
    const [before] = await json<ChampionDto[]>(0, 'champions');
    const name = before!.champion;
    expect(name).toMatch(/^EURUSD\/H4\/[a-z_]+$/);
    expect(before).toMatchObject({ outOfSample: null, standardError: before!.sharpeError });
    expect(before!.verdictReason).toMatch(/nothing is known out of sample|say nothing\.$/);
    const ran = await run('validate', 'own', '--champion', name, '--folds', '5');
    expect([0, 2]).toContain(ran.status);
    const [after] = await json<ChampionDto[]>(0, 'champions');
    const list = await json<Row[]>(0, 'validate', 'list');
    const own = list.at(-1)!;
    expect(own).toMatchObject({ champion: name, scheme: 'own', folds: 5 });
    expect(after!.outOfSample).toMatchObject({
      scheme: 'own',
      sharpe: own.stitched.sharpe,
      trades: own.stitched.trades,
    });
    expect(after!.verdict).toBe(own.verdict);
    expect(after!.verdictReason).toContain('out of sample');
    expect((await run('champions')).stdout).toContain(after!.verdict);
  });

  it('of all champions is one job', async () => {
    const champions = await json<ChampionDto[]>(0, 'champions');
    const ran = await run('validate', 'champions', '--folds', '1', '--json');
    expect([0, 2]).toContain(ran.status);
    const documents = [JSON.parse(ran.stdout)].flat() as Document[];
    expect(documents).toHaveLength(champions.length);
    const jobs = await json<JobDto[]>(0, 'jobs', 'list', '--kind', 'walk_forward');
    expect(await json<JobDto>(3, 'validate', 'cancel', String(jobs.at(-1)!.id))).toHaveProperty('error');
    expect((await run('validate', 'list')).stdout.split('\n').length).toBeGreaterThan(champions.length);
  });
});

describe('own, of a grid', () => {
  it('trains and chooses all of it anew in each fold, and says what that would have earned', async () => {
    const ran = await run('validate', 'own', '--grid', join(root, 'grid.yaml'), '--folds', '3');
    expect([0, 2], ran.stderr).toContain(ran.status);
    expect(
      ran.stderr.match(/^Fold [123]\/3, EURUSD H4, test .*: \d+ champions? of 1 configuration, /gm),
    ).toHaveLength(3);
    expect(ran.stdout).toMatch(
      / \(own\) of EURUSD H4, .* 1 configuration \(Ridge\), champions chosen anew in each fold\n/,
    );
    expect(ran.stdout).toMatch(/\n(Alone in +Folds +Sharpe|No fold had a champion)/);
    const again = await run('validate', 'own', '--grid', join(root, 'grid.yaml'), '--folds', '3', '--json');
    expect(again.stderr).toContain('Nothing to train: all folds were computed before.');
    const document = JSON.parse(again.stdout) as Document;
    expect(document.folds).toHaveLength(3);
    expect(document.criteria.map(({ metric }) => metric)).not.toContain('spearman');
    expect(document).toHaveProperty('regimes');
  });

  it('goes with own alone', async () => {
    const ran = await run('validate', 'full', '--grid', join(root, 'grid.yaml'));
    expect(ran).toMatchObject({ status: 3, stderr: expect.stringContaining('--grid goes with own alone') });
  });
});

it.each([
  [['quick'], 'Say what to validate'],
  [['own', 'EURUSD', 'H4'], 'own validates the windows of a run or a champion'],
  [['quick', 'EURUSD', 'H4', '--run', '1'], 'found a market and --run'],
  [['own', '--champion', 'EURUSD/H4/nowhere'], 'EURUSD/H4/'],
  [['own', '--champion', 'EURUSD'], 'SYMBOL/TIMEFRAME/REGIME'],
  [['quick', 'EURUSD', 'H4', '--min-train-days', '5000'], 'would fit'],
  [['quick', 'EURUSD', 'H4', '--parallel', '0'], 'from 1 to 256'],
  [['quick', 'EURUSD', 'H4', '--model-type', 'rigde'], 'ridge'],
  [['full', 'NOWHERE', 'H4'], 'NOWHERE'],
  [['show', '999'], '999'],
])('validate %j is refused with status 3', async (argv, says) => {
  const ran = await run('validate', ...argv);
  expect(ran.status, ran.stderr).toBe(3);
  expect(ran.stderr).toContain(says);
});
