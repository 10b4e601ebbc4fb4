import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../engine/contract/errors.ts';
import { filesOf } from '../../engine/testing/files.ts';
import { hostileFiles, hostileJson, withstand } from '../../engine/testing/hostile.ts';
import { SECURITY_HEADERS } from '../host/security.ts';
import { type Answer, startTestServer, type TestServer, TOKEN } from './testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const JSON_TYPE = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
const post = (method: string, body: string | Uint8Array) =>
  server.send({ method: 'POST', path: `/api/${method}`, headers: JSON_TYPE }, Buffer.from(body));

/** An answer that is no success must be an error of the one form, with all the headers. */
function codeOf(outcome: unknown): ErrorCode | undefined {
  const { status, text, headers } = outcome as Answer;
  if (status < 400) return undefined;
  const { code, message, details, ...rest } = JSON.parse(text);
  expect([typeof message, typeof details, rest]).toEqual(['string', 'object', {}]);
  expect(headers).toMatchObject(SECURITY_HEADERS);
  expect(status).not.toBe(500);
  return code;
}

const state = () => filesOf(server.workspace);

describe('hostile bodies', () => {
  const GRID = {
    grid: {
      name: 'x',
      model_types: ['ridge'],
      symbols: ['EURUSD'],
      timeframes: ['H1'],
      days_history: [60],
      horizons: [3],
      indicator_timeframes: { rsi: ['H1', 'H4'] },
      hyperparameters: { ridge: { alpha: [1, 2] } },
    },
  };
  const SETTINGS = {
    changes: {
      'costs.symbols': { EURUSD: { spread_pips: 1, slippage_pips: 0.2 } },
      'training.seed': 7,
      'regimes.definitions': [{ name: 'a', title: 'A', rules: { returns: '> 0' } }],
    },
  };

  test.each([
    ['grid.preview', GRID, 45],
    ['settings.set', SETTINGS, 40],
    ['grid.read', { text: 'horizons: [1]\n', file: 'x.yaml' }, 40],
    ['history.search', { symbol: 'EURUSD', limit: 10, offset: 0, sort: 'sharpe' }, 30],
  ])('of %s are read or refused, and nothing is written', async (method, good, refused) => {
    const inputs = hostileJson(good, 3, 60);
    await withstand({ inputs, attempt: (body) => post(method, body), state, refused, codeOf, seconds: 3 });
  });

  test('that are no JSON at all', async () => {
    const inputs = hostileFiles(Buffer.from(JSON.stringify(SETTINGS)), 4, 60);
    const attempt = (body: Uint8Array) => post('settings.set', body);
    await withstand({ inputs, attempt, state, refused: 50, codeOf, seconds: 3 });
  });

  test.each([
    ['nested too deep', `{"changes":${'['.repeat(32)}${']'.repeat(32)}}`, 'more than 32 deep'],
    ['with a key twice', '{"changes":{"a":1},"changes":{"b":1}}', '"changes" twice'],
    [
      'with too many keys',
      `{"changes":{${Array.from({ length: 5000 }, (_, i) => `"k${i}":1`).join()}}}`,
      'more than 5000 keys',
    ],
    [
      'with a key that is too long',
      `{"changes":{"${'costs.'.repeat(50_000)}":1}}`,
      'a key of 300000 letters',
    ],
    ['that reach for a prototype', '{"changes":{"__proto__":{"a":1}}}', '__proto__'],
  ])('%s say so', async (_title, body, words) => {
    const { status, text } = await post('settings.set', body);
    expect([status, JSON.parse(text).code]).toEqual([400, 'invalid-input']);
    expect(JSON.parse(text).message).toContain(words);
  });

  test('truth values, lists and empty text are no numbers', async () => {
    for (const value of [true, [1], '', ' ', null, {}]) {
      const { status, text } = await post('run.trades', JSON.stringify({ run: '1', strategy: value }));
      expect([value, status, JSON.parse(text).code]).toEqual([value, 400, 'invalid-input']);
    }
  });
});

/** Status, headers and body of whatever comes back for these bytes. */
function raw(request: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const bytes = Buffer.concat(chunks);
      const [head = '', ...rest] = bytes.toString('latin1').split('\r\n\r\n');
      const [line = '', ...fields] = head.split('\r\n');
      const headers = Object.fromEntries(
        fields.map((field) => [
          field.slice(0, field.indexOf(':')).toLowerCase(),
          field.slice(field.indexOf(':') + 1).trim(),
        ]),
      );
      resolve({ status: Number(line.split(' ')[1]), headers, text: rest.join('\r\n\r\n'), bytes });
    });
    socket.write(request, 'latin1');
  });
}

describe('what never becomes a request is answered like all that is refused', () => {
  const host = () => `Host: 127.0.0.1:${server.port}\r\nConnection: close\r\n`;
  const authorized = `Authorization: Bearer ${TOKEN}\r\nContent-Type: application/json\r\n`;
  test.each<[string, () => string, number]>([
    ['bytes that are no HTTP', () => 'GARBAGE\r\n\r\n', 400],
    ['a header without a colon', () => 'GET / HTTP/1.1\r\nnonsense\r\n\r\n', 400],
    ['no host', () => 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 403],
    ['headers that are too large', () => `GET / HTTP/1.1\r\n${host()}X: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['an address that is too long', () => `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${host()}\r\n`, 431],
    ['an address that can not be decoded', () => `GET /% HTTP/1.1\r\n${host()}\r\n`, 400],
    [
      'a method name that is too long',
      () => `POST /api/${'x'.repeat(400)} HTTP/1.1\r\n${host()}${authorized}Content-Length: 2\r\n\r\n{}`,
      414,
    ],
    ['nothing there', () => `GET /nothing HTTP/1.1\r\n${host()}\r\n`, 404],
    ['an unknown verb', () => `TRACE / HTTP/1.1\r\n${host()}\r\n`, 404],
    ['a tunnel', () => `CONNECT x:1 HTTP/1.1\r\n${host()}\r\n`, 400],
    ['an unknown expectation', () => `GET / HTTP/1.1\r\n${host()}Expect: miracles\r\n\r\n`, 417],
    [
      'chunks of no length',
      () =>
        `POST /api/market.list HTTP/1.1\r\n${host()}${authorized}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`,
      400,
    ],
    [
      'two lengths',
      () =>
        `POST /api/market.list HTTP/1.1\r\n${host()}${authorized}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
      400,
    ],
    [
      'half of a JSON',
      () => `POST /api/market.list HTTP/1.1\r\n${host()}${authorized}Content-Length: 5\r\n\r\n{"a":`,
      400,
    ],
    [
      'more than can be sent',
      () => `POST /api/market.list HTTP/1.1\r\n${host()}${authorized}Content-Length: 99999999\r\n\r\n`,
      413,
    ],
    [
      'a text instead of JSON',
      () =>
        `POST /api/market.list HTTP/1.1\r\n${host()}Authorization: Bearer ${TOKEN}\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}`,
      415,
    ],
    ['events without a WebSocket', () => `GET /events HTTP/1.1\r\n${host()}${authorized}\r\n`, 426],
  ])('%s', async (_title, request, status) => {
    const answer = await raw(request());
    expect(answer.status).toBe(status);
    expect(codeOf(answer)).toMatch(/^(invalid-input|not-found|access-denied)$/);
    expect(answer.text.length).toBeLessThan(1000);
  });
});
