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

/** What the README says of jobs over HTTP, and what programs of earlier training servers send, against a real process. */

const PROGRAM = 'main/server/testing/api-server.ts';
const README = join(import.meta.dirname, '../../../README.md');

let workspace: string;
let token: string;
let server: ServerProcess;
beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'regimen-http-'));
  writeFileSync(
    join(workspace, 'config.yaml'),
    'queue: { max_parallel_jobs: 2 }\ncosts: { kinds: { crypto: { spread: 0.0002, unit: fraction, commission_per_side: 0.0005 } } }\n',
  );
  const engine = createEngine({ workspace, role: 'command', home: workspace });
  for (const [symbol, days] of [
    ['EURUSD', 800],
    ['BTCUSDT', 800],
  ] as const) {
    const file = join(workspace, `${symbol}.csv`);
    writeFileSync(file, hourlyCsv(days));
    await engine.call('market.import', { file, symbol, timeframe: 'H1', timezone: 'UTC' });
  }
  token = (await engine.call('token.create', { name: 'test' })).token;
  await engine.close();
  server = await start();
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(workspace, { recursive: true, force: true });
});

const start = () => startServerProcess(workspace, { REGIMEN_HOME: workspace }, PROGRAM);

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

test('the curl lines of the README do what it says, also after a restart', async () => {
  const block = /<!-- curl -->\n```sh\n([\s\S]*?)```/.exec(readFileSync(README, 'utf8'))![1]!;
  const commands = commandsOf(block);
  const [validate, grid, search, train, list, show, follow, cancel] = commands as [string, ...string[]];
  const submitted = [validate, grid, search, train].map((command) => JSON.parse(shell(command!)));
  expect(submitted.map(({ status }) => status)).toEqual(['pending', 'pending', 'pending', 'pending']);
  expect(submitted.slice(0, 3).map(({ job_id }) => job_id)).toEqual(['1', '2', '3']);
  expect(JSON.parse(shell(list!)).jobs.length).toBeGreaterThanOrEqual(4);
  expect(JSON.parse(shell(show!))).toMatchObject({ job_id: '1', kind: 'walk_forward', unit: 'folds' });
  expect(['running', 'cancelled', 'completed']).toContain(JSON.parse(shell(cancel!)).status);
  expect(shell(follow!)).toMatch(/event: end\ndata: \{"job_id":"1","status":"completed"/);
  const validated = await ended('1');
  expect(validated).toMatchObject({ symbols: ['EURUSD'], model_type: 'ridge', folds: expect.any(Number) });
  expect(validated.metrics.sharpe).toEqual(expect.any(Number));
  await ended('2');

  await server.kill();
  server = await start();
  expect(JSON.parse(shell(validate))).toEqual(submitted[0]);
  const trained = await ended(submitted[3].job_id);
  expect(trained).toMatchObject({
    status: 'completed',
    kind: 'production',
    model_version: expect.stringMatching(/^\d{8}_\d{6}$/),
    metrics: { accuracy: expect.any(Number) },
  });
  expect(trained.jobs.length).toBeGreaterThan(0);
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
  test('finds no answer that the document does not foresee', () => {
    const args = ['-m', 'schemathesis.cli', 'run', `${server.origin}/api/v1/openapi.json`];
    const options = [
      '--header',
      `Authorization: Bearer ${token}`,
      '--max-examples',
      '15',
      '--seed',
      '1',
      '--no-color',
    ];
    // A stream ends with its job, and a request that waits for an answer to be whole is no finding: streams are followed by the curl lines above and
    // by the generated client. What the document allows may still ask for candles that are not there, which is answered with what to
    // import: `positive_data_acceptance` takes each such answer for a mistake, and the document can't list a workspace's symbols.
    const more = [
      '--phases',
      'examples,coverage,fuzzing',
      '--exclude-operation-id',
      'followJob',
      '--exclude-checks',
      'positive_data_acceptance',
    ];
    try {
      execFileSync(peersPython(), [...args, ...options, ...more], {
        encoding: 'utf8',
        stdio: 'pipe',
        cwd: workspace,
      });
    } catch (error) {
      throw new Error(String((error as { stdout?: string }).stdout).slice(-8000));
    }
  }, 300_000);
});
