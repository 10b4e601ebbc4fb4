import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFeedAddress } from '../config/feed-address.ts';
import type { Config } from '../config/schema.ts';
import { VERSION } from '../contract/version.ts';
import { updateHandlers } from './updates.ts';

/** As electron-builder writes it. */
const feedOf = (version: string) => `version: ${version}
files:
  - url: Regimen-${version}.AppImage
    sha512: k1ab==
    size: 104857600
path: Regimen-${version}.AppImage
sha512: k1ab==
releaseDate: '2026-11-28T10:00:00.000Z'
`;
const ANSWERS: Readonly<Record<string, string>> = {
  '/newer.yml': feedOf('99.0.0'),
  '/same.yml': feedOf(VERSION),
  '/before.yml': feedOf(`${VERSION}-rc.1`),
  '/undated.yml': 'version: 99.0.0\n',
  '/page': '<!doctype html><title>404</title>',
  '/odd.yml': 'version: newest\n',
  '/large.yml': `version: 1.0.0\n${'# more\n'.repeat(20_000)}`,
};
const REDIRECTS: Readonly<Record<string, string>> = {
  '/moved.yml': '/newer.yml',
  '/out.yml': 'http://example.com/latest.yml',
  '/file.yml': 'file:///etc/passwd',
  '/circle.yml': '/circle.yml',
};

let server: Server;
let origin: string;
const asked: string[] = [];
beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const to = REDIRECTS[url];
    if (to !== undefined) response.writeHead(302, { location: to }).end();
    else response.writeHead(url in ANSWERS ? 200 : 404).end(ANSWERS[url]);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const check = async (feed: string) =>
  updateHandlers(() => ({ updates: { feed } }) as Config)['updates.check']({});

describe('an update feed', () => {
  it.each([
    ['/newer.yml', '99.0.0', true],
    ['/moved.yml', '99.0.0', true],
    ['/same.yml', VERSION, false],
    ['/before.yml', `${VERSION}-rc.1`, false],
  ])('%s tells of %s, newer: %s, and nothing else is asked for', async (path, newest, isNewer) => {
    asked.length = 0;
    const releasedAt = '2026-11-28T10:00:00.000Z';
    const feed = origin + path;
    expect(await check(feed)).toEqual({ version: VERSION, feed, newest, releasedAt, isNewer });
    expect(asked).toEqual(path === '/moved.yml' ? ['/moved.yml', '/newer.yml'] : [path]);
  });

  it('may leave its date out', async () => {
    expect(await check(`${origin}/undated.yml`)).toMatchObject({ newest: '99.0.0', releasedAt: null });
  });

  it('that is not set is not asked', async () => {
    asked.length = 0;
    expect(await check('none')).toMatchObject({ feed: null, newest: null, isNewer: false });
    expect(asked).toEqual([]);
  });

  it.each([
    ['/page', 'expected a latest.yml as electron-builder writes it'],
    ['/odd.yml', `with a version such as ${VERSION}, found "version: newest`],
    ['/none.yml', 'it answered 404'],
    ['/large.yml', 'it is larger than 64 KB'],
    ['/out.yml', 'it leads to "http://example.com/latest.yml", which is not HTTPS'],
    ['/file.yml', 'it leads to "file:///etc/passwd", which is not HTTPS'],
    ['/circle.yml', 'it leads on more than 5 times'],
  ])('%s is refused in a sentence', async (path, says) => {
    await expect(check(origin + path)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining(`The update feed ${origin}${path} can't be read: `),
    });
    await expect(check(origin + path)).rejects.toThrow(says);
  });

  it('that nobody serves says so', async () => {
    await expect(check('http://127.0.0.1:1/latest.yml')).rejects.toThrow(/can't be read: .+/);
  });
});

it.each([
  ['https://example.com/latest.yml', true],
  ['http://localhost:8000/latest.yml', true],
  ['http://127.0.0.1/latest.yml', true],
  ['http://[::1]/latest.yml', true],
  ['http://example.com/latest.yml', false],
  ['http://localhost.example.com/latest.yml', false],
  ['file:///etc/passwd', false],
  ['ftp://example.com/latest.yml', false],
  ['latest.yml', false],
  ['', false],
])('%s is a feed address: %s', (text, is) => {
  expect(isFeedAddress(text)).toBe(is);
});
