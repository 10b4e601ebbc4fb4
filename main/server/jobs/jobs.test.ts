import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillSurvivalFolds } from '../../../engine/testing/survival-folds.ts';
import { startTestServer, type TestServer, TOKEN } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ rateLimit: 5000 });
  await server.engine.call('market.demo', {});
});
afterAll(() => server.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
async function ask(path: string, token = TOKEN) {
  const { status, headers, text } = await server.send({ path, headers: bearer(token) });
  return { status, headers, body: JSON.parse(text) };
}
async function post(path: string, body: unknown, headers: Record<string, string> = {}, token = TOKEN) {
  const all = { ...bearer(token), 'content-type': 'application/json', ...headers };
  const answer = await server.send({ method: 'POST', path, headers: all }, JSON.stringify(body));
  return { status: answer.status, headers: answer.headers, body: JSON.parse(answer.text) };
}

const MARKET = { symbol: 'DEMO_EURUSD', timeframe: 'H4' };
const GRID = {
  kind: 'grid',
  grid: {
    model_types: ['ridge'],
    symbols: [MARKET.symbol],
    timeframes: [MARKET.timeframe],
    days_history: [60],
    horizons: [3],
  },
};

describe('a job that is asked for', () => {
  test('is in the queue as the window and the command line see it, and ends', async () => {
    const { status, headers, body } = await post('/api/v1/jobs', GRID);
    expect({ status, body }).toMatchObject({ status: 202, body: { status: 'pending' } });
    expect(headers.location).toBe(`/api/v1/jobs/${body.job_id}`);
    const stream = await server.send({
      path: `/api/v1/jobs/${body.job_id}/events`,
      headers: { ...bearer(TOKEN), 'accept-encoding': 'gzip' },
    });
    expect(stream.headers).toMatchObject({ 'content-type': 'text/event-stream' });
    expect(stream.headers['content-encoding']).toBeUndefined();
    const events = stream.text.split('\n\n').filter((part) => part.includes('event: '));
    expect(events[0]).toMatch(/^id: 1\nevent: status\ndata: \{/);
    expect(events.at(-1)).toMatch(/^id: \d+\nevent: end\ndata: \{/);
    const last = JSON.parse(events.at(-1)!.split('data: ')[1]!);
    const { body: now } = await ask(`/api/v1/jobs/${body.job_id}`);
    expect(now).toEqual(last);
    expect(now).toMatchObject({
      status: 'completed',
      detail: 'completed',
      progress_pct: 100,
      model_type: 'ridge',
      error: null,
      metrics: { sharpe_ratio: expect.any(Number) },
    });
    const job = await server.engine.call('jobs.get', { jobId: Number(body.job_id) });
    expect(now).toMatchObject({
      elapsed: job.elapsed,
      disk_bytes: job.disk_bytes,
      peak_memory_bytes: job.peak_memory_bytes,
      completed_at: job.completed_at,
    });
  });

  test('that can not be is refused with all that is wrong', async () => {
    const { status, body } = await post('/api/v1/jobs', { ...GRID, grid: { ...GRID.grid, horizons: [0] } });
    expect([status, body.code]).toEqual([400, 'invalid-input']);
    expect(body.message).toContain('horizons');
    expect(await post('/api/v1/jobs', GRID)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const two = { kind: 'walk_forward', ...MARKET, run: '1', training_mode: 'quick' };
    expect((await post('/api/v1/jobs', two)).body.message).toContain('found symbol and run');
  });

  test('is malformed where the document says so, and else can not be carried out', async () => {
    const statusOf = async (body: object) => (await post('/api/v1/jobs', body)).status;
    const validate = { kind: 'walk_forward', ...MARKET, training_mode: 'quick' };
    expect(await statusOf({ ...validate, folds: 0 })).toBe(400);
    expect(await statusOf({ ...validate, folds: 0, timeframe: 'soon' })).toBe(400);
    expect(await statusOf({ ...validate, run: '1' })).toBe(422);
    expect(await statusOf({ ...validate, model_type: 'oracle' })).toBe(422);
    expect(await statusOf({ ...GRID, grid: { ...GRID.grid, targets: ['barrier 0:1'] } })).toBe(422);
  });

  test('under a key is one job, however often it is asked for, and another request under it is refused', async () => {
    const wanted = { kind: 'walk_forward', ...MARKET, training_mode: 'quick', model_type: 'ridge', folds: 1 };
    const key = { 'idempotency-key': 'nightly-1' };
    const first = await post('/api/v1/jobs', wanted, key);
    expect(first).toMatchObject({ status: 202 });
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    const again = await post('/api/v1/jobs', wanted, key);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect((await post('/api/v1/jobs', { ...wanted, folds: 2 }, key)).status).toBe(409);
    const { body } = await ask('/api/v1/jobs');
    expect(body.jobs.filter((job: { kind: string }) => job.kind === 'walk_forward')).toHaveLength(1);
    await post(`/api/v1/jobs/${first.body.job_id}/cancel`, {});
  });

  test('that is not there is not found, and no method but its own is answered', async () => {
    for (const id of ['999', 'train_x_1.000', '0', '%2e%2e']) {
      expect((await ask(`/api/v1/jobs/${id}`)).status).toBe(404);
    }
    const { status, headers } = await server.send({
      method: 'DELETE',
      path: '/api/v1/jobs/1',
      headers: bearer(TOKEN),
    });
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });
});

describe('earlier training servers', () => {
  test('their validation is one, in their fields', async () => {
    const { status, body } = await post('/api/training/start', {
      ...MARKET,
      training_mode: 'quick',
      test_period_days: 60,
      min_train_days: 180,
      use_expanding_window: false,
    });
    expect({ status, body }).toMatchObject({ status: 202, body: { status: 'pending' } });
    const [validation] = await server.engine.call('validation.list', { queueId: Number(body.job_id) });
    expect(validation).toMatchObject({
      scheme: 'quick',
      testPeriodDays: 60,
      trainDays: 180,
      expandingWindow: false,
    });
    const { body: cancelled } = await post(`/api/v1/jobs/${body.job_id}/cancel`, {});
    expect(['running', 'cancelled']).toContain(cancelled.status);
  });

  test('their training has 50 trials, a name as theirs, and says what it makes of their words', async () => {
    const { status, body } = await post('/api/v1/models/train', {
      model_type: 'classifier',
      config: { min_composite_score: 0.5, ...MARKET },
      hyperparameter_search: true,
    });
    expect(status).toBe(202);
    expect(body.job_id).toMatch(/^train_classifier_\d{10}\.\d{3}$/);
    expect(body.message).toContain('classifier is trained as ridge, with target direction');
    const [row] = await trainingsOf();
    expect(JSON.parse(row!.wishes)).toMatchObject({
      modelType: 'ridge',
      trials: 50,
      optimize: true,
      dryRun: true,
    });
    const { body: now } = await ask(`/api/v1/models/training/${body.job_id}`);
    expect(now).toMatchObject({ job_id: body.job_id, model_type: 'classifier', model_version: null });
    expect((await post(`/api/v1/jobs/${body.job_id}/cancel`, {})).body.status).toBe('cancelled');
  });

  test('without a market, a composite score asks for a model of what survives', async () => {
    const body = {
      model_type: 'ensemble',
      config: { min_composite_score: 0.5 },
      hyperparameter_search: true,
    };
    const few = await post('/api/v1/models/train', body);
    expect(few.body.message).toMatch(/needs 1,000 rows, and there are 0/);
    fillSurvivalFolds(server.workspace, { folds: 90, edge: 1.5 });
    const { status, body: made } = await post('/api/v1/models/train', { ...body, n_trials: 2 });
    expect(status).toBe(202);
    expect(made.message).toContain('model of what survives');
    const wait = async (): Promise<Record<string, unknown>> => {
      const { body: now } = await ask(`/api/v1/models/training/${made.job_id}`);
      if (now.status !== 'pending' && now.status !== 'running') return now;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return wait();
    };
    const ended = await wait();
    expect(ended).toMatchObject({
      status: 'completed',
      kind: 'survival',
      model_type: 'ensemble',
      error: null,
    });
    expect(ended.model_version).toMatch(/^\d{8}_\d{6}$/);
    expect((ended.metrics as { roc_auc: number }).roc_auc).toBeGreaterThan(0.6);
    const agent = await post('/api/v1/models/train', { ...body, model_type: 'rl_agent', n_trials: 2 });
    const { body: learning } = await ask(`/api/v1/models/training/${agent.body.job_id}`);
    expect(learning).toMatchObject({ kind: 'survival', model_type: 'q_agent' });
  });

  test('their agent is a q_agent', async () => {
    const { status, body } = await post('/api/v1/models/train', { model_type: 'rl_agent', ...MARKET });
    expect(status).toBe(202);
    expect(body.job_id).toMatch(/^train_rl_agent_/);
    expect(body.message).toContain('rl_agent is trained as q_agent');
    const rows = await trainingsOf();
    expect(rows.map(({ wishes }) => JSON.parse(wishes).modelType)).toContain('q_agent');
    await post(`/api/v1/jobs/${body.job_id}/cancel`, {});
  });

  test('what they can not have here is refused in words', async () => {
    const said = async (body: object) => (await post('/api/v1/models/train', body)).body.message;
    expect(await said({ model_type: 'xgb', ...MARKET, min_train_days: 9 })).toContain('min_train_days');
    expect(await said({ symbol: 'BTC/USDT' })).toContain('Name a market');
  });
});

async function trainingsOf(): Promise<{ wishes: string }[]> {
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(`${server.workspace}/regimen.db`, { readonly: true });
  const rows = db.prepare('SELECT wishes FROM trainings').all() as { wishes: string }[];
  db.close();
  return rows;
}

describe('who may ask', () => {
  test('a token that only reads looks and changes nothing, and a revoked one opens nothing', async () => {
    const made = await server.engine.call('token.create', { name: 'dashboard', readOnly: true });
    expect((await ask('/api/v1/jobs', made.token)).status).toBe(200);
    expect((await post('/api/v1/jobs', GRID, {}, made.token)).status).toBe(403);
    expect((await post('/api/queue.pause', { queueId: 1 }, {}, made.token)).status).toBe(403);
    expect((await post('/api/jobs.list', {}, {}, made.token)).status).toBe(200);
    expect(await server.engine.call('token.list', {})).toEqual([
      expect.not.objectContaining({ token: expect.anything() }),
    ]);
    await server.engine.call('token.revoke', { id: made.id });
    expect((await ask('/api/v1/jobs', made.token)).status).toBe(401);
  });

  test('nobody without one, but the document and its page hold no secret', async () => {
    for (const path of ['/api/v1/jobs', '/api/v1/jobs/1', '/api/v1/jobs/1/events']) {
      expect((await server.send({ path })).status).toBe(401);
    }
    const { text } = await server.send({ path: '/api/v1/openapi.json' });
    const document = JSON.parse(text);
    expect(document.openapi).toBe('3.1.0');
    const { responses } = document.paths['/api/v1/jobs/{job_id}'].get;
    expect(responses['200'].content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/JobStatus',
    });
    const page = await server.send({ path: '/api/v1/docs/' });
    expect(page.headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-/);
    expect(page.text).not.toMatch(/https?:\/\//);
  });

  test('a token that asks too often waits, and so does who tries tokens', async () => {
    const slow = await startTestServer({ rateLimit: 3 });
    try {
      const statuses = [];
      for (let i = 0; i < 4; i += 1) {
        const { status, headers } = await slow.send({ path: '/api/v1/jobs', headers: bearer(TOKEN) });
        statuses.push(status);
        if (i === 3) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      }
      expect(statuses).toEqual([200, 200, 200, 429]);
      const tries = [];
      for (let i = 0; i < 61; i += 1) {
        tries.push((await slow.send({ path: '/api/v1/jobs', headers: bearer('wrong') })).status);
      }
      expect([tries[0], tries.at(-1)]).toEqual([401, 429]);
    } finally {
      await slow.close();
    }
  });
});
