import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStartCodes } from './start-codes.ts';
import { startTestServer, type TestServer, TOKEN } from './testing/test-server.ts';

describe('a code', () => {
  test('is good once', () => {
    const codes = createStartCodes(() => 0);
    const [a, b] = [codes.issue(), codes.issue()];
    expect(a).toMatch(/^[0-9a-f]{64}$/);
    expect(a).not.toBe(b);
    expect([codes.redeem(a), codes.redeem(a), codes.redeem(b), codes.redeem('')]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  test('is good for a minute', () => {
    let now = 0;
    const codes = createStartCodes(() => now);
    const [early, late] = [codes.issue(), codes.issue()];
    now = 60_000;
    expect(codes.redeem(early)).toBe(true);
    now = 60_001;
    expect(codes.redeem(late)).toBe(false);
  });
});

describe('a browser that is started', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());
  const start = (query: string) => server.send({ path: `/start${query}` });

  test('is led to the page with the token, once', async () => {
    const code = server.codes.issue();
    const first = await start(`?code=${code}`);
    expect([first.status, first.headers.location]).toEqual([303, `/?token=${TOKEN}`]);
    expect(first.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    const second = await start(`?code=${code}`);
    expect([second.status, second.headers.location]).toEqual([403, undefined]);
    expect(second.text).not.toContain(TOKEN);
    expect(JSON.parse(second.text)).toMatchObject({ code: 'access-denied' });
  });

  test.each(['', '?code=', '?code=x', `?code=${TOKEN}`, '?code=a&code=b', '?token=x'])(
    'is not led anywhere by %j',
    async (query) => {
      server.codes.issue();
      const { status, text } = await start(query);
      expect(status).toBe(403);
      expect(text).not.toContain(TOKEN);
    },
  );

  test('brings no code for a foreign page, and none but by GET', async () => {
    const path = `/start?code=${server.codes.issue()}`;
    const foreign = await server.send({ path, headers: { origin: 'https://evil.example' } });
    expect([foreign.status, foreign.headers.location]).toEqual([403, undefined]);
    expect((await server.send({ path, method: 'POST' })).status).toBe(404);
    expect((await server.send({ path })).status).toBe(303);
  });
});
