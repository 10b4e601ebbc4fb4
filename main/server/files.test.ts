import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer, TOKEN } from './testing/test-server.ts';
import { safeFileName } from './uploads.ts';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer({ maxUploadBytes: 1000 });
});
afterEach(() => server.close());

const upload = (name: string, body: string | Buffer, type = 'application/octet-stream') =>
  server.send(
    {
      method: 'POST',
      path: `/upload?name=${encodeURIComponent(name)}`,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': type },
    },
    body,
  );
const download = (file: string) =>
  server.send({
    path: `/download?file=${encodeURIComponent(file)}`,
    headers: { authorization: `Bearer ${TOKEN}` },
  });
const CSV = `Date,Open,High,Low,Close,Volume\n${Array.from(
  { length: 10 },
  (_, hour) => `2024-01-02 0${hour}:00:00,1.1,1.2,1.0,1.15,100`,
).join('\n')}\n`;

describe('uploads', () => {
  test('a file is stored under its own name in the workspace, and removed once it was imported', async () => {
    const { status, text } = await upload('EURUSD_H1.csv', CSV);
    expect(status).toBe(200);
    const { file } = JSON.parse(text);
    expect(file.startsWith(join(server.workspace, 'uploads'))).toBe(true);
    expect(file.endsWith('/EURUSD_H1.csv')).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(CSV);
    const imported = await server.call('market.import', {
      file,
      symbol: 'EURUSD',
      timeframe: 'H1',
      timezone: 'UTC',
    });
    expect([imported.status, JSON.parse(imported.text).rows]).toEqual([200, 10]);
    expect(existsSync(dirname(file))).toBe(false);
  });

  test('inspecting keeps the file, for the import that follows', async () => {
    const { file } = JSON.parse((await upload('EURUSD_H1.csv', CSV)).text);
    expect((await server.call('market.inspect', { file, timezone: 'UTC' })).status).toBe(200);
    expect(existsSync(file)).toBe(true);
  });

  test.each([
    '../../../etc/cron.d/x',
    '..\\..\\x',
    '/etc/passwd',
    '..',
    '.',
    '.bashrc',
    'a\0b.csv',
    'x'.repeat(4000),
  ])('the name %s leads nowhere else', async (name) => {
    const { status, text } = await upload(name, 'x');
    expect(status).toBe(200);
    const { file } = JSON.parse(text) as { file: string };
    const session = readdirSync(join(server.workspace, 'uploads'))[0]!;
    expect(dirname(dirname(file))).toBe(join(server.workspace, 'uploads', session));
    expect(readFileSync(file, 'utf8')).toBe('x');
  });

  test('a file beyond the limit is refused and leaves nothing behind', async () => {
    expect((await upload('big.csv', Buffer.alloc(1001))).status).toBe(400);
    const uploads = join(server.workspace, 'uploads');
    expect(readdirSync(join(uploads, readdirSync(uploads)[0]!))).toEqual([]);
    expect((await upload('fits.csv', Buffer.alloc(1000))).status).toBe(200);
  });

  test.each(['text/plain', 'application/json', 'multipart/form-data; boundary=x'])(
    'the type %s is refused',
    async (type) => {
      expect([400, 415]).toContain((await upload('x.csv', '{}', type)).status);
    },
  );

  test('without a token nothing is received', async () => {
    const { status } = await server.send({ method: 'POST', path: '/upload?name=x.csv' }, 'x');
    expect(status).toBe(401);
  });

  test('closing removes what was uploaded', async () => {
    await upload('left.csv', 'x');
    await server.uploads.close();
    expect(readdirSync(join(server.workspace, 'uploads'))).toEqual([]);
  });
});

test('a safe file name keeps letters of any script and the extension', () => {
  expect(safeFileName('C:\\data\\Größe 1.csv')).toBe('Größe 1.csv');
  expect(safeFileName('a:b*c?.csv')).toBe('a_b_c_.csv');
  expect(safeFileName('...')).toBe('upload');
  expect(safeFileName(`${'x'.repeat(300)}.csv`)).toMatch(/^x{96}\.csv$/);
});

describe('path arguments', () => {
  const outside = ['/etc/passwd', '../../etc/passwd', '/proc/self/environ', '{workspace}/../x.csv', 'a\0b'];
  test.each(outside)('reading %s is refused by every method that reads', async (pattern) => {
    const file = pattern.replace('{workspace}', server.workspace);
    for (const [method, input] of [
      ['market.import', { file, symbol: 'EURUSD', timeframe: 'H1' }],
      ['market.inspect', { file }],
      ['queue.resume', { checkpoint: file }],
      ['backup.restore', { file }],
    ] as const) {
      const { status, text } = await server.call(method, input);
      expect([method, status, JSON.parse(text).code]).toEqual([method, 403, 'access-denied']);
    }
  });

  test.each([...outside, '{workspace}/regimen.db', '{workspace}/config.yaml', '../regimen.db'])(
    'writing %s is refused by every method that writes',
    async (pattern) => {
      const file = pattern.replace('{workspace}', server.workspace);
      for (const [method, input] of [
        ['history.export', { csv: file }],
        ['backup.create', { file }],
      ] as const) {
        const { status, text } = await server.call(method, input);
        expect([method, status, JSON.parse(text).code]).toEqual([method, 403, 'access-denied']);
      }
    },
  );

  test('a link within the workspace opens no way out of it', async () => {
    symlinkSync('/etc', join(server.workspace, 'exports', 'link'));
    const file = join(server.workspace, 'exports', 'link', 'passwd');
    expect((await server.call('market.inspect', { file })).status).toBe(403);
    expect((await server.call('history.export', { csv: file })).status).toBe(403);
  });
});

describe('downloads', () => {
  test.each(['/etc/passwd', '../../etc/passwd', '{workspace}/regimen.db', '{workspace}/exports/other.csv'])(
    '%s is refused: it was not exported',
    async (pattern) => {
      mkdirSync(join(server.workspace, 'exports'), { recursive: true });
      writeFileSync(join(server.workspace, 'exports', 'other.csv'), 'x');
      const { status, text } = await download(pattern.replace('{workspace}', server.workspace));
      expect([status, JSON.parse(text).code]).toEqual([403, 'access-denied']);
    },
  );

  test('without a token nothing is given', async () => {
    expect((await server.send({ path: '/download?file=x' })).status).toBe(401);
  });
});
