import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../../engine/app.ts';
import type { JobStatusDto } from '../../../engine/contract/job-status.ts';
import { ENDED } from '../../../engine/contract/job-status.ts';
import { hasPeers, peersPython } from '../../../engine/testing/peers.ts';
import { hourlyCsv } from '../../host/testing/hourly-csv.ts';
import { type ServerProcess, startServerProcess } from '../testing/server-process.ts';

/** What the guide says of jobs over HTTP, and what programs of earlier training servers send, against a real process. */

const PROGRAM = 'main/server/testing/api-server.ts';
const GUIDE = join(import.meta.dirname, '../../../docs/guide/http.md');

interface Place {
  readonly workspace: string;
  readonly token: string;
}

/** A workspace with candles of so many days of each symbol, and a token for it. */
async function workspaceOf(symbols: Readonly<Record<string, number>>): Promise<Place> {
  const workspace = mkdtempSync(join(tmpdir(), 'regimen-http-'));
  writeFileSync(
    join(workspace, 'config.yaml'),
    'queue: { max_parallel_jobs: 2 }\ncosts: { kinds: { crypto: { spread: 0.0002, unit: fraction, commission_per_side: 0.0005 } } }\n',
  );
  const engine = createEngine({ workspace, role: 'command', home: workspace });
  for (const [symbol, days] of Object.entries(symbols)) {
    const file = join(workspace, `${symbol}.csv`);
    writeFileSync(file, hourlyCsv(days));
    await engine.call('market.import', { file, symbol, timeframe: 'H1', timezone: 'UTC' });
  }
  const { token } = await engine.call('token.create', { name: 'test' });
  await engine.close();
  return { workspace, token };
}

const start = (of: string) => startServerProcess(of, { REGIMEN_HOME: of }, PROGRAM);

let workspace: string;
let token: string;
let server: ServerProcess;
beforeAll(async () => {
  ({ workspace, token } = await workspaceOf({ EURUSD: 800, BTCUSDT: 800 }));
  server = await start(workspace);
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(workspace, { recursive: true, force: true });
});

async function get<T = JobStatusDto>(path: string): Promise<T> {
  const answer = await fetch(server.origin + path, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

async function ended(jobId: string): Promise<JobStatusDto> {
  for (;;) {
    const job = await get(`/api/v1/jobs/${jobId}`);
    if (ENDED.has(job.status)) return job;
    await delay(200);
  }
}

/** Runs lines of a shell against the server; resolves to what each printed. */
function shell(script: string): string {
  return execFileSync('sh', ['-euc', script], {
    encoding: 'utf8',
    env: { ...process.env, REGIMEN: server.origin, TOKEN: token },
  });
}

/** Commands of a block of shell, with the lines that belong to each. */
const commandsOf = (block: string) => block.trim().split(/\n(?=curl)/);

test('the curl lines of the guide do what it says, also after a restart', async () => {
  const block = /<!-- curl -->\n```sh\n([\s\S]*?)```/.exec(readFileSync(GUIDE, 'utf8'))![1]!;
  const commands = commandsOf(block);
  const [validate, grid, search, train, list, show, follow, cancel, send, signals, forward, alerts] =
    commands as [string, ...string[]];
  const submitted = [validate, grid, search, train].map((command) => JSON.parse(shell(command!)));
  expect(submitted.map(({ status }) => status)).toEqual(['pending', 'pending', 'pending', 'pending']);
  expect(submitted.slice(0, 3).map(({ job_id }) => job_id)).toEqual(['1', '2', '3']);
  expect(JSON.parse(shell(list!)).jobs.length).toBeGreaterThanOrEqual(4);
  expect(JSON.parse(shell(show!))).toMatchObject({ job_id: '1', kind: 'walk_forward', unit: 'folds' });
  expect(['running', 'cancelled', 'completed']).toContain(JSON.parse(shell(cancel!)).status);
  expect(shell(follow!)).toMatch(/event: end\ndata: \{"job_id":"1","status":"completed"/);
  const validated = await ended('1');
  expect(validated).toMatchObject({ symbols: ['EURUSD'], model_type: 'ridge', folds: expect.any(Number) });
  expect(validated.metrics.sharpe_ratio).toEqual(expect.any(Number));
  await ended('2');

  await server.kill();
  server = await start(workspace);
  expect(JSON.parse(shell(validate))).toEqual(submitted[0]);
  const trained = await ended(submitted[3].job_id);
  expect(trained).toMatchObject({
    status: 'completed',
    kind: 'production',
    model_version: expect.stringMatching(/^\d{8}_\d{6}$/),
    metrics: { accuracy: expect.any(Number) },
  });
  expect(trained.jobs.length).toBeGreaterThan(0);
  // Now that nothing trains on them.
  const sent = JSON.parse(shell(send!));
  expect(sent).toMatchObject({ symbol: 'EURUSD', timeframe: 'H1', unfinished: [] });
  expect(sent.appended + sent.corrected.length + sent.late.length).toBe(1);
  expect(JSON.parse(shell(send!))).toMatchObject({
    appended: 0,
    corrected: [],
    late: [],
    same: 1,
    bars: sent.bars,
  });
  expect(JSON.parse(shell(signals!)).signals).toEqual(expect.any(Array));
  expect(JSON.parse(shell(forward!))).toEqual({ tests: [] });
  expect(JSON.parse(shell(alerts!))).toMatchObject({ targets: [], unsent: [] });
}, 240_000);

test('requests of earlier training servers are answered as there', async () => {
  const send = `-s -X POST -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json"`;
  const full = { symbol: 'BTC/USDT', timeframe: 'M15', training_mode: 'full' };
  const missing = JSON.parse(shell(`curl ${send} $REGIMEN/api/training/start -d '${JSON.stringify(full)}'`));
  expect(missing.message).toContain('BTCUSDT M15');
  const quick = {
    symbol: 'BTC/USDT',
    timeframe: 'H1',
    training_mode: 'quick',
    test_period_days: 60,
    min_train_days: 180,
    use_expanding_window: false,
    model_type: 'ridge',
  };
  const started = JSON.parse(shell(`curl ${send} $REGIMEN/api/training/start -d '${JSON.stringify(quick)}'`));
  expect(started).toEqual({ job_id: expect.any(String), status: 'pending', message: expect.any(String) });
  expect(await ended(started.job_id)).toMatchObject({ status: 'completed', symbols: ['BTCUSDT'] });
  const asked = {
    model_type: 'classifier',
    symbol: 'BTC/USDT',
    timeframe: 'H1',
    config: { min_composite_score: 0.5 },
    hyperparameter_search: true,
    n_trials: 4,
  };
  const made = JSON.parse(shell(`curl ${send} $REGIMEN/api/v1/models/train -d '${JSON.stringify(asked)}'`));
  expect(made.job_id).toMatch(/^train_classifier_\d+\.\d{3}$/);
  const trained = await ended(made.job_id);
  const shown = JSON.parse(
    shell(`curl -s -H "Authorization: Bearer $TOKEN" $REGIMEN/api/v1/models/training/${made.job_id}`),
  );
  expect(shown).toEqual(trained);
  expect(shown).toMatchObject({
    status: 'completed',
    model_type: 'classifier',
    created_at: expect.any(String),
    completed_at: expect.any(String),
    model_version: expect.any(String),
    metrics: { accuracy: expect.any(Number), roc_auc: expect.any(Number) },
  });
}, 240_000);

describe.skipIf(!hasPeers())('schemathesis', () => {
  // Of its own, with few candles: what it asks for is trained, and has to end.
  let place: Place;
  beforeAll(async () => {
    place = await workspaceOf({ EURUSD: 90 });
  });
  afterAll(() => rmSync(place.workspace, { recursive: true, force: true }));

  test('finds no answer that the document does not foresee, and none but words against what follows it', async () => {
    const { origin, stop } = await start(place.workspace);
    const config = join(import.meta.dirname, '../testing/schemathesis.toml');
    const args = [
      ...['-m', 'schemathesis.cli', '--config-file', config, 'run', `${origin}/api/v1/openapi.json`],
      ...['--header', `Authorization: Bearer ${place.token}`],
      ...['--phases', 'examples,coverage,fuzzing', '--max-examples', '5', '--seed', '1', '--no-color'],
    ];
    try {
      execFileSync(peersPython(), args, { encoding: 'utf8', stdio: 'pipe', cwd: place.workspace });
    } catch (error) {
      throw new Error(String((error as { stdout?: string }).stdout).slice(-8000));
    } finally {
      await stop();
    }
  }, 300_000);
});
