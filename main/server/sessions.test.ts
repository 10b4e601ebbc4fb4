import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openSessions } from './sessions.ts';
import { startTestServer, type TestServer, TOKEN } from './testing/test-server.ts';

const DAY = 86_400_000;

describe('a session', () => {
  let folders: string[];
  beforeEach(() => {
    folders = ['a', 'b'].map((name) => mkdtempSync(join(tmpdir(), `session-${name}-`)));
  });
  afterEach(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  test('is good at the next start on the same workspace, for a month, and on no other', () => {
    let now = 1000;
    const [here, elsewhere] = folders.map((folder) => openSessions(folder, () => now));
    const session = here!.issue();
    const next = openSessions(folders[0]!, () => now);
    expect(next.name).toBe(here!.name);
    expect(next.name).not.toBe(elsewhere!.name);
    expect([next.isGood(session), elsewhere!.isGood(session)]).toEqual([true, false]);
    now += 30 * DAY;
    expect(next.isGood(session)).toBe(true);
    now += 1;
    expect(next.isGood(session)).toBe(false);
  });

  test('can’t be made longer, nor without the key, which is its owner’s alone', () => {
    const sessions = openSessions(folders[0]!, () => 0);
    const [until, signature] = sessions.issue().split('.');
    expect(sessions.isGood(`${Number(until) + 1}.${signature}`)).toBe(false);
    for (const wrong of ['', '.', `${until}.`, `${until}.${'0'.repeat(64)}`]) {
      expect(sessions.isGood(wrong)).toBe(false);
    }
    const file = join(folders[0]!, '.regimen', 'session.key');
    expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
    // One that was spoilt is made anew, and ends what was signed with it.
    const session = sessions.issue();
    writeFileSync(file, 'half');
    expect(openSessions(folders[0]!, () => 0).isGood(session)).toBe(false);
  });
});

describe('a browser that was let in once', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());
  const ask = (headers: Record<string, string>) =>
    server.send({
      method: 'POST',
      path: '/session',
      headers: { host: `127.0.0.1:${server.port}`, ...headers },
    });

  test('gets the token of a later start for its cookie, which no script and no other site can use', async () => {
    const first = await ask({ authorization: `Bearer ${TOKEN}` });
    expect(first.status).toBe(200);
    const [cookie] = first.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(
      /^regimen_[0-9a-f]{16}=\d+\.[0-9a-f]{64}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/,
    );
    const pair = cookie!.split(';', 1)[0]!;
    const later = await ask({ authorization: 'Bearer old', cookie: `theme=dark; ${pair}` });
    expect([later.status, JSON.parse(later.text)]).toEqual([200, { token: TOKEN }]);
    expect(later.headers['cache-control']).toBe('no-store');
    const foreign = await ask({ cookie: pair, origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
  });

  test('is asked for a link without one', async () => {
    for (const headers of [{}, { authorization: 'Bearer old' }, { cookie: 'regimen_0=1.2' }]) {
      const { status, text } = await ask(headers);
      expect([status, JSON.parse(text).message]).toEqual([401, expect.stringContaining('Open the link')]);
    }
  });
});
