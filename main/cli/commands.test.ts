import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  ChampionDto,
  ChampionRobustnessDto,
  EvidenceDto,
  JobDto,
  QueueSummaryDto,
  RunDto,
  SeriesDto,
} from '../../engine/contract/dto/index.ts';
import { filesOf, hourlyCsv, type Ran, regimen } from './testing/command-line.ts';

/** The way of a user from a file of candles to champions; the tests stand in that order and share one workspace. */

let root: string;
let workspace: string;
let csv: string;
let grid: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'commands-'));
  workspace = join(root, 'workspace');
  csv = join(root, 'EURUSD_H1.csv');
  writeFileSync(csv, hourlyCsv(800));
  grid = join(root, 'grid.yaml');
  writeFileSync(
    grid,
    `name: small
model_types: [ridge, lasso]
symbols: EURUSD
timeframes: [1h, H4]
days_history: 90
horizons: [2, 6]
`,
  );
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const run = (...argv: string[]): Promise<Ran> => regimen([...argv, '--workspace', workspace]);

/** The one JSON document that a command prints. */
async function json<T>(...argv: string[]): Promise<T> {
  const ran = await run(...argv, '--json');
  expect(ran).toMatchObject({ status: 0 });
  return JSON.parse(ran.stdout) as T;
}

const modelFiles = () => Object.keys(filesOf(workspace)).filter((name) => name.endsWith('.model')).length;

/** Begins the control sequences of a terminal. */
const ESCAPE = '\u001b';

const IMPORT = () => ['market', 'import', csv, '--symbol', 'eurusd', '--timeframe', '1h'];

describe('market', () => {
  it('inspect says what a file holds and stores nothing', async () => {
    expect(await json('market', 'inspect', csv)).toMatchObject({
      format: 'generic-csv',
      symbol: 'EURUSD',
      timeframe: 'H1',
      priceScale: 1,
      badRows: 0,
      timezone: { name: 'UTC', source: 'stamp' },
    });
    expect(await json('market', 'list')).toEqual([]);
  });

  it('import stores the bars, and merges them by stamp the second time', async () => {
    const rows = hourlyCsv(800).trimEnd().split('\n').length - 1;
    expect(await json(...IMPORT())).toMatchObject({ symbol: 'EURUSD', added: rows, changed: 0, same: 0 });
    const changed = hourlyCsv(800).replace(/\n(?<stamp>[^,]+),[^\n]+\n$/, '\n$<stamp>,1.1,1.2,1.0,1.1,5\n');
    writeFileSync(csv, changed);
    expect(await json(...IMPORT())).toMatchObject({ added: 0, changed: 1, same: rows - 1 });
  });

  it('import says in which zone it read, what is odd, and nothing on stderr', async () => {
    const ran = await run(...IMPORT());
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^EURUSD H1: 0 new, 0 changed, [\d,]+ unchanged;/);
    expect(ran.stdout).toContain('times as UTC (stamp)');
    expect(ran.stdout).toContain('weekend bars');
  });

  it('import tells the zone of stamps without one from the weekends', async () => {
    const bare = join(root, 'bare.csv');
    writeFileSync(bare, hourlyCsv(100).replaceAll('Z,', ','));
    const { stdout } = await run('market', 'inspect', bare);
    const told = stdout.split('\n').filter((line) => line.startsWith('note: '));
    expect(new Set(told).size).toBe(told.length);
    expect(stdout).toContain('times as NY+7 (inferred)');
    expect((await run('market', 'inspect', bare, '--timezone', 'UTC')).stdout).toContain(
      'times as UTC (given)',
    );
  });

  it('list has every field of a series', async () => {
    const [series, ...others] = await json<SeriesDto[]>('market', 'list');
    expect(others).toEqual([]);
    const market = ['kind', 'roundTrip', 'costsAdvice'];
    const keys = [
      'symbol',
      'timeframe',
      'bars',
      'first',
      'last',
      'digest',
      'synthetic',
      ...market,
      'quality',
    ];
    expect(Object.keys(series!).sort()).toEqual(keys.sort());
    expect(series).toMatchObject({ symbol: 'EURUSD', timeframe: 'H1', synthetic: false });
    expect(series!.last).toBe('2024-06-28T23:00:00.000Z');
    expect(series!.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(series!.quality.bars).toBe(series!.bars);
    expect((await run('market', 'list')).stdout).toMatch(/EURUSD {2}H1 .*imported/);
  });
});

const SUMMARY_KEYS = [
  'queueId',
  'totalConfigs',
  'alreadyTrained',
  'completed',
  'impossible',
  'failed',
  'crowned',
  'pushedOut',
  'kept',
  'deleted',
  'strategiesTested',
  'seconds',
  'champions',
];

describe('train', () => {
  it('grid preview counts first', async () => {
    const before = filesOf(workspace);
    expect(await json('grid', 'preview', grid)).toMatchObject({
      formula: '2 models x 1 symbol x 2 timeframes x 1 day x 2 horizons = 8 configurations',
      totalConfigs: 8,
      alreadyTrained: 0,
      toTrain: 8,
      backtests: 8 * 135,
    });
    expect(filesOf(workspace)).toEqual(before);
  });

  it('prints the summary with its champions, and shows its progress on stderr only', async () => {
    const ran = await run('train', grid, '--json');
    expect(ran.status).toBe(0);
    expect(ran.stderr).toContain('= 8 configurations');
    // No terminal, no control characters.
    expect(ran.stderr).not.toContain('\r');
    expect(ran.stderr).not.toContain(ESCAPE);
    const summary = JSON.parse(ran.stdout) as QueueSummaryDto;
    expect(summary).toMatchObject({
      totalConfigs: 8,
      alreadyTrained: 0,
      completed: 8,
      failed: 0,
      strategiesTested: 8 * 135,
    });
    expect(Object.keys(summary)).toEqual(expect.arrayContaining(SUMMARY_KEYS));
    expect(summary.kept + summary.deleted).toBe(8);
    expect(summary.kept).toBe(modelFiles());
    expect(summary.champions.length).toBeGreaterThan(0);
    expect(summary.champions[0]).toMatchObject({
      symbol: 'EURUSD',
      timeframe: expect.stringMatching(/^H[14]$/),
      regime: expect.any(String),
      runId: expect.stringMatching(/^[0-9a-f]{8}-/),
      modelType: expect.stringMatching(/^(ridge|lasso)$/),
      horizon: expect.any(Number),
      daysHistory: 90,
      encoder: 'normalized',
      strategy: {
        predictionMethod: expect.any(String),
        ensembleMethod: expect.any(String),
        confidenceThreshold: expect.any(Number),
        lookbackWindow: expect.any(Number),
      },
      sharpe: expect.any(Number),
      maxDrawdown: expect.any(Number),
      winRate: expect.any(Number),
      trades: expect.any(Number),
      holdout: null,
    });
  });

  it('trains nothing that is trained already, says so, and makes no job of it', async () => {
    const summary = await json<QueueSummaryDto>('train', grid);
    expect(summary).toMatchObject({
      queueId: null,
      totalConfigs: 8,
      alreadyTrained: 8,
      completed: 0,
      strategiesTested: 0,
    });
    expect(Object.keys(summary)).toEqual(expect.arrayContaining(SUMMARY_KEYS));
    expect(await json('train', grid, '--enqueue')).toMatchObject({ queueId: null });
    expect(await json<JobDto[]>('jobs', 'list')).toHaveLength(1);
    const { stdout } = await run('train', grid);
    expect(stdout).toMatch(/^Nothing new to train\. --retrain trains again/);
    expect(summary.champions).toEqual(await json('champions'));
    expect(await json<RunDto[]>('history')).toHaveLength(8);
  });

  it('shows no lines lighter than --log-level, and refuses a level that is none', async () => {
    expect((await run('train', grid)).stderr).toContain('8 already trained');
    const quiet = await run('train', grid, '--log-level', 'WARNING');
    expect(quiet).toMatchObject({ status: 0, stderr: '' });
    const unknown = await run('train', grid, '--log-level', 'loud');
    expect(unknown.status).toBe(3);
    expect(unknown.stderr).toContain('debug, info, warn or error');
  });

  it('trains it again when asked to, with a bar on a terminal', async () => {
    const ran = await regimen(['train', grid, '--retrain', '--workspace', workspace], true);
    expect(ran.status).toBe(0);
    expect(ran.stderr.split(`\r${ESCAPE}[2K`)).toContainEqual(
      expect.stringMatching(/^█+░* Training model \d\/8 · \d kept now · .* left · (Ridge|Lasso) EURUSD H/),
    );
    expect(ran.stdout).toMatch(
      /^small: 8 configurations trained in .*, 0 failed, 0 already trained before; 1,080 /,
    );
    expect(ran.stdout).not.toContain(ESCAPE);
    expect(await json<RunDto[]>('history')).toHaveLength(16);
  });
});

describe('results', () => {
  it('evidence counts what was tried, and says what luck alone would give', async () => {
    const { markets } = await json<EvidenceDto>('evidence');
    const tried = markets.reduce((sum, market) => sum + market.tried, 0);
    expect(tried).toBe((await json<RunDto[]>('history')).length);
    const { stdout } = await run('evidence');
    expect(stdout).toMatch(
      /^Market +Strategies +Models +Eligible +Positive +Champions +Above luck\nEURUSD H/,
    );
    expect(stdout).toContain('above the mark of luck, which luck alone passes in');
  });

  it('hide the holdout until its look is spent', async () => {
    const [first] = await json<ChampionDto[]>('champions');
    const { symbol, timeframe, regime } = first!;
    const hidden = await run('champions');
    expect(hidden.stdout).toMatch(/^The holdouts of \d markets, [-\d]+ to [-\d]+, are hidden until /m);
    expect(hidden.stdout).toContain('"champions open CHAMPION" shows one');
    const name = `${symbol}/${timeframe}/${regime}`;
    const opened = await run('champions', 'open', name);
    expect(opened.status).toBe(0);
    expect(opened.stdout).toMatch(
      new RegExp(`^${symbol} ${timeframe}, [-\\d]+ to [-\\d]+: opened [-\\d]+ [:\\d]+ \\(command line\\)\n`),
    );
    expect((await json<ChampionDto[]>('champions'))[0]).toMatchObject({
      holdout: { trades: expect.any(Number) },
      holdoutLook: { opened: { by: 'command line' }, hidden: null },
    });
    expect((await run('champions', 'open')).status).toBe(3);
    expect((await run('champions', 'open', 'nothing')).status).toBe(3);
  });

  it('champions are kept runs, and say so as a table', async () => {
    const champions = await json<{ runId: string }[]>('champions');
    const kept = (await json<RunDto[]>('history')).filter((r) => r.kept).map((r) => r.uuid);
    expect(new Set(champions.map((c) => c.runId))).toEqual(new Set(kept));
    const models = Object.keys(filesOf(workspace)).filter((name) => name.endsWith('.model'));
    expect(models).toHaveLength(kept.length);
    const { stdout } = await run('champions');
    expect(stdout).toMatch(/^Champion +Model +Verdict/m);
    expect(stdout).toContain('Nothing was chosen by the holdout');
  });

  it('champions robustness tests one by its name, or all', async () => {
    const [first] = (await json<ChampionDto[]>('champions')) as [ChampionDto];
    const [one, ...others] = await json<ChampionRobustnessDto[]>('champions', 'robustness', first.champion);
    expect(others).toEqual([]);
    expect(one).toMatchObject({ runId: first.runId, regime: first.regime, error: null });
    expect(one!.robustness!.own).toEqual({ score: first.sharpe, trades: first.trades });
    const { stdout } = await run('champions', 'robustness', '--all');
    expect(stdout).toMatch(/^Champion +Run +Score +Neighbors +Ratio +x1\.5 +x2 +Late +Best out +Random$/m);
    const champions = await json<ChampionDto[]>('champions');
    for (const { champion, sharpe, robustness } of champions) {
      const line = stdout.split('\n').find((text) => text.startsWith(`${champion} `))!;
      expect(line).toContain(` ${sharpe!.toFixed(2)} `);
      expect(line).toMatch(new RegExp(` ${(100 * robustness!.random.percentile).toFixed(1)} %$`));
    }
    const unknown = await run('champions', 'robustness', 'EURUSD/H1/nowhere');
    expect(unknown.status).not.toBe(0);
    expect(unknown.stderr).toContain('There is no champion EURUSD/H1/nowhere.');
  });

  it('history filters and limits, newest first', async () => {
    const lasso = await json<RunDto[]>('history', '--model', 'lasso');
    expect(lasso.map((r) => r.modelType)).toEqual(Array(8).fill('lasso'));
    expect(lasso.map((r) => r.id)).toEqual(lasso.map((r) => r.id).toSorted((a, b) => b - a));
    expect(await json('history', '--limit', '3')).toHaveLength(3);
    expect(await json('history', '--symbol', 'eurusd')).toHaveLength(16);
    expect(await json('history', '--symbol', 'GBPUSD')).toEqual([]);
    expect(await json('history', '--status', 'failed')).toEqual([]);
    expect((await run('history', '--limit', '1')).stdout).toMatch(/^ *ID +UUID +Model/);
  });

  it('history writes a CSV of all matching runs', async () => {
    const file = join(root, 'runs.csv');
    expect(await json('history', '--csv', file, '--model', 'ridge')).toEqual({ file, runs: 8 });
    const lines = readFileSync(file, 'utf8').split('\r\n');
    expect(lines).toHaveLength(1 + 8 + 1);
    expect(lines[0]).toMatch(/^id,uuid,model_type,symbol,timeframe,/);
    expect(lines[1]).toMatch(/^\d+,[0-9a-f-]{36},ridge,EURUSD,/);
    // JSON in a cell: quoted, its quotes doubled.
    expect(lines[1]).toContain('"{""alpha"":1}"');
  });

  it('regimes list shows the rules', async () => {
    const regimes = await json<{ name: string; active: boolean }[]>('regimes', 'list');
    expect(regimes.map((r) => r.name)).toEqual([
      'bull_trending',
      'bear_trending',
      'volatile_ranging',
      'calm_ranging',
    ]);
    expect((await run('regimes', 'list')).stdout).toMatch(
      /calm_ranging +active +volatility < 50th percentile/,
    );
  });

  it('help is a result', async () => {
    const help = await regimen(['train', '--help']);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toContain('--retrain');
  });
});
