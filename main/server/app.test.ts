import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiInputs } from '../../engine/contract/api/index.ts';
import { startTestServer, type TestServer, TOKEN } from './testing/test-server.ts';

let server: TestServer;
let renderer: string;

beforeAll(async () => {
  renderer = mkdtempSync(join(tmpdir(), 'regimen-renderer-'));
  mkdirSync(join(renderer, 'assets'));
  writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>Regimen</title>');
  writeFileSync(join(renderer, 'assets', 'index-abc.js'), 'export {};');
  writeFileSync(join(renderer, '..', `${renderer.split('/').at(-1)}-secret.txt`), 'secret');
  server = await startTestServer({ renderer });
});
afterAll(async () => {
  await server.close();
  rmSync(renderer, { recursive: true });
  rmSync(`${renderer}-secret.txt`);
});

const authorized = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
const post = (headers: Record<string, string>, body = '{}', path = '/api/market.list') =>
  server.send({ method: 'POST', path, headers }, body);
const codeOf = (text: string) => JSON.parse(text).code;

describe('what is meant to work', () => {
  test('a call is answered with the result as JSON', async () => {
    const { status, text, headers } = await server.call('market.list', {});
    expect([status, text]).toEqual([200, '[]']);
    expect(headers['cache-control']).toBe('no-store');
  });

  test('an own origin and the name localhost are accepted', async () => {
    const host = `localhost:${server.port}`;
    expect((await post({ ...authorized, host, origin: `http://${host}` })).status).toBe(200);
  });

  test('the page needs no token, and bears the security headers', async () => {
    const page = await server.send({ path: '/' });
    expect([page.status, page.text]).toEqual([200, '<!doctype html><title>Regimen</title>']);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
    expect(page.headers['cache-control']).toBe('no-cache');
    expect((await server.send({ path: '/assets/index-abc.js' })).headers['cache-control']).toContain(
      'immutable',
    );
  });

  test.each(['br', 'gzip'])(
    'a long answer is compressed with %s where the client reads that',
    async (encoding) => {
      const ask = (headers: Record<string, string>) =>
        server.send(
          { method: 'POST', path: '/api/grid.options', headers: { ...authorized, ...headers } },
          '{}',
        );
      const plain = await ask({});
      expect(plain.headers['content-encoding']).toBeUndefined();
      const packed = await ask({ 'accept-encoding': encoding });
      expect(packed.headers['content-encoding']).toBe(encoding);
      expect(packed.headers['content-security-policy']).toContain("default-src 'none'");
      const unpack = encoding === 'br' ? brotliDecompressSync : gunzipSync;
      expect(unpack(packed.bytes).toString()).toBe(plain.text);
      expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 3);
    },
  );

  test('an engine error comes with its code, its message and a fitting status, without a stack', async () => {
    const { status, text } = await server.call('history.get', { run: '999' });
    expect(status).toBe(404);
    expect(JSON.parse(text)).toMatchObject({ code: 'not-found', details: expect.anything() });
    expect(JSON.parse(text)).not.toHaveProperty('stack');
  });
});

describe('who may call', () => {
  test.each([
    ['no token', {}],
    ['a wrong token', { authorization: `Bearer ${'0'.repeat(64)}` }],
    ['the beginning of the token', { authorization: `Bearer ${TOKEN.slice(0, 63)}` }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
    ['a cookie', { cookie: `token=${TOKEN}` }],
  ])('%s is refused', async (_name, headers) => {
    const { status, text } = await post({ 'content-type': 'application/json', ...headers });
    expect([status, codeOf(text)]).toEqual([401, 'access-denied']);
    expect(text).not.toContain(TOKEN);
  });

  test('a token in the address is no token', async () => {
    expect(
      (await post({ 'content-type': 'application/json' }, '{}', `/api/market.list?token=${TOKEN}`)).status,
    ).toBe(401);
  });

  test.each(['https://evil.example', 'null', 'http://127.0.0.1', 'http://127.0.0.1:1', 'file://'])(
    'the foreign origin %s is refused, token or not',
    async (origin) => {
      const { status, text } = await post({ ...authorized, origin });
      expect([status, codeOf(text)]).toEqual([403, 'access-denied']);
    },
  );

  test.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost', '[::1]:80'])(
    'a request addressed to "%s" is refused, so that no foreign name can stand for this machine',
    async (host) => {
      for (const path of ['/', '/api/market.list']) {
        expect(
          (
            await server.send({
              method: path === '/' ? 'GET' : 'POST',
              path,
              headers: { ...authorized, host },
            })
          ).status,
        ).toBe(403);
      }
    },
  );

  test('a preflight is not answered with a permission', async () => {
    const { status, headers } = await server.send({
      method: 'OPTIONS',
      path: '/api/market.list',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(status).toBe(403);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('what may be sent', () => {
  test.each([
    ['malformed JSON', '{"a":', 400],
    ['no body', '', 400],
    ['an array', '[]', 400],
    ['a text', '"x"', 400],
    ['null', 'null', 400],
    ['an unknown key', '{"x":1}', 400],
    ['a prototype key', '{"__proto__":{"a":1}}', 400],
    ['a prototype key deeper down', '{"x":{"__proto__":{"a":1}}}', 400],
    ['a constructor key', '{"constructor":{"prototype":{"a":1}}}', 400],
    ['an oversized body', JSON.stringify({ x: 'x'.repeat(1024 * 1024) }), 413],
  ])('%s is refused', async (_name, body, expected) => {
    const { status, text } = await post(authorized, body);
    expect([status, codeOf(text)]).toEqual([expected, 'invalid-input']);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  test('another content type than JSON is refused', async () => {
    const { status, text } = await post({ ...authorized, 'content-type': 'text/plain' });
    expect([status, codeOf(text)]).toEqual([415, 'invalid-input']);
  });

  test.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'market',
    'market.list.x',
    '%00',
    'market%2Elist%2F',
  ])('the unknown method %s is not found', async (method) => {
    expect((await post(authorized, '{}', `/api/${method}`)).status).toBe(404);
  });

  test('a mistyped method is told the nearest one', async () => {
    expect((await post(authorized, '{}', '/api/market.lits')).text).toContain('market.list');
  });

  test('no method is reachable by GET', async () => {
    for (const method of Object.keys(apiInputs)) {
      expect((await server.send({ path: `/api/${method}`, headers: authorized })).status).toBe(404);
    }
  });

  test('every method refuses wrongly typed input with its problems', async () => {
    for (const method of Object.keys(apiInputs)) {
      const { status, text } = await server.call(method, { '\u0000nonsense': [] });
      expect([method, status, codeOf(text)]).toEqual([method, 400, 'invalid-input']);
    }
  });
});

describe('what can be read from the page’s folder', () => {
  test.each([
    '/../{secret}',
    '/..%2f{secret}',
    '/%2e%2e/{secret}',
    '/%2e%2e%2f{secret}',
    '/..%5c{secret}',
    '/assets/../../{secret}',
    '/assets/..%2f..%2f{secret}',
    '//{secret}',
    '/assets//../../{secret}',
    '/%00',
    '/.env',
    '/assets/',
    '/assets',
    '/etc/passwd',
    '/index.html%00.js',
  ])('not %s', async (pattern) => {
    const secret = `${renderer.split('/').at(-1)}-secret.txt`;
    const { status, text } = await server.send({ path: pattern.replace('{secret}', secret) });
    expect([400, 403, 404]).toContain(status);
    expect(text).not.toContain('secret\n');
    expect(text).not.toBe('secret');
  });
});

test('a page that is built while the server runs is served, and what is missing meanwhile comes back by itself', async () => {
  writeFileSync(join(renderer, 'assets', 'index-new.js'), 'export const isNew = true;');
  expect((await server.send({ path: '/assets/index-new.js' })).text).toContain('isNew');
  rmSync(join(renderer, 'index.html'));
  const building = await server.send({ path: '/' });
  expect([building.status, building.headers.refresh]).toEqual([503, '2']);
  writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>Rebuilt</title>');
  expect((await server.send({ path: '/' })).text).toContain('Rebuilt');
});
