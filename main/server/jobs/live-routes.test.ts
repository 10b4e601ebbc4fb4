import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer, TOKEN } from '../testing/test-server.ts';

let server: TestServer;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'live-routes-'));
  server = await startTestServer({ rateLimit: 5000 });
  const { call } = server.engine;
  await call('market.demo', {});
  const grid = { model_types: ['ridge'], days_history: [60], horizons: [3] };
  const { queueId } = await call('queue.create', {
    grid: { name: 'Live', symbols: ['DEMO_EURUSD'], timeframes: ['H4'], ...grid },
  });
  await call('queue.start', { queueId });
  await call('queue.wait', { queueId });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  const answer =
    body === undefined
      ? await server.send({ path, headers })
      : await server.send({ method: 'POST', path, headers }, JSON.stringify(body));
  return { status: answer.status, body: JSON.parse(answer.text) };
}

test('forward tests are told, all of them and one by its name', async () => {
  const { call } = server.engine;
  expect(await ask('/api/v1/forward')).toEqual({ status: 200, body: { tests: [] } });
  const place = { symbol: 'DEMO_EURUSD', timeframe: 'H4' } as const;
  const { version } = await call('production.register', { run: '1', name: 'DEMO_EURUSD H4' });
  await call('production.rollback', { ...place, version });
  const { status, body } = await ask('/api/v1/forward');
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { tests: [{ name: 'DEMO_EURUSD H4', version, bars: 0, ended_at: null, band: null }] },
  });
  const one = await ask(`/api/v1/forward/${encodeURIComponent('DEMO_EURUSD H4')}?version=${version}`);
  expect(one).toMatchObject({ status: 200, body: { ...body.tests[0], curve: [], trade_list: [] } });

  expect(await ask('/api/v1/forward/EURUSD%20H1')).toMatchObject({
    status: 404,
    body: { code: 'not-found' },
  });
  expect(await ask('/api/v1/forward/nonsense')).toMatchObject({ status: 422 });
  expect(await ask('/api/v1/forward/EURUSD%20H1?version=newest')).toMatchObject({ status: 400 });
});

test('alerts are told without their secrets, and tested', async () => {
  const { call } = server.engine;
  const file = join(folder, 'alerts.jsonl');
  await call('alert.add', { name: 'log', kind: 'file', file, events: ['data-late'] });
  const url = 'https://ntfy.sh/secret-topic';
  await call('alert.add', { name: 'phone', kind: 'webhook', url, to: 'secret-topic', secret: 'secret-key' });
  const { status, body } = await ask('/api/v1/alerts');
  expect({ status, body }).toMatchObject({
    status: 200,
    body: {
      targets: [
        { name: 'log', kind: 'file', to: file, is_signed: false, events: ['data-late'] },
        { name: 'phone', kind: 'webhook', to: 'https://ntfy.sh/…', is_signed: true },
      ],
      unsent: [],
    },
  });
  expect(JSON.stringify(body)).not.toContain('secret-');
  expect(await ask('/api/v1/alerts/test', { name: 'log' })).toEqual({ status: 200, body: { sent: true } });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ event: 'test' });
  expect(await ask('/api/v1/alerts/test', { name: 'nobody' })).toMatchObject({ status: 404 });
  expect(await ask('/api/v1/alerts/test', {})).toMatchObject({ status: 400 });
});
