import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerPage, isOwnPage, pageFile } from './page.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'regimen-page-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(`${folder}-secret`, 'secret');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(`${folder}-secret`);
});

test('addresses of the own origin lead into the folder', () => {
  expect(pageFile('/r', 'app://regimen/')).toBe('/r/index.html');
  expect(pageFile('/r', 'app://regimen/assets/a.js?v=1#x')).toBe('/r/assets/a.js');
  // The address itself folds its dots before anyone looks at it.
  expect(pageFile('/r', 'app://regimen/../../etc/passwd')).toBe('/r/etc/passwd');
});

test.each([
  'app://regimen/..%2f..%2fetc/passwd',
  'app://regimen/%2e%2e%2fr-secret',
  'app://regimen/..%5c..%5cetc',
  'app://regimen/a%00.js',
  'app://regimen/%E0%A4%A',
  'app://other/index.html',
  'app://regimen.evil/index.html',
  'app://regimen:1/index.html',
  'file:///etc/passwd',
  'https://regimen/index.html',
  'nonsense',
])('%s leads nowhere', (address) => {
  expect(pageFile('/r', address)).toBeUndefined();
});

test('the page is answered with its type and the security headers', async () => {
  const response = await answerPage(folder, { url: 'app://regimen/', method: 'GET' });
  expect([response.status, await response.text()]).toEqual([200, '<!doctype html>']);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test.each([
  ['app://regimen/missing.js', 'GET'],
  ['app://regimen/', 'POST'],
  ['app://regimen/..%2fsecret', 'GET'],
])('%s by %s is not found', async (url, method) => {
  expect((await answerPage(folder, { url, method })).status).toBe(404);
});

test('only the own origin is the own page', () => {
  expect(isOwnPage('app://regimen/')).toBe(true);
  expect(isOwnPage('app://regimen/#/history')).toBe(true);
  for (const address of [
    'app://regimen.evil/',
    'app://evil/app://regimen/',
    'https://regimen/',
    'about:blank',
    '',
  ]) {
    expect(isOwnPage(address)).toBe(false);
  }
});
