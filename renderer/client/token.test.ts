import { expect, test } from 'vitest';
import { takeToken } from './token.ts';

function place(href: string, stored: Record<string, string> = {}) {
  const shown: string[] = [];
  return {
    shown,
    stored,
    location: { href },
    history: { replaceState: (_data: unknown, _unused: string, url: string) => void shown.push(url) },
    sessionStorage: {
      getItem: (key: string) => stored[key] ?? null,
      setItem: (key: string, value: string) => {
        stored[key] = value;
      },
    },
  };
}

test('the token leaves the address bar, everything else in it stays', () => {
  const window = place('http://127.0.0.1:4173/?token=abc123&x=1#/history');
  expect(takeToken(window)).toBe('abc123');
  expect(window.shown).toEqual(['/?x=1#/history']);
});

test('a reload without the token finds it again', () => {
  const window = place('http://127.0.0.1:4173/?token=abc123');
  takeToken(window);
  const reloaded = place('http://127.0.0.1:4173/', window.stored);
  expect(takeToken(reloaded)).toBe('abc123');
  expect(reloaded.shown).toEqual([]);
});

test('a new start link replaces the token of the last one', () => {
  const window = place('http://127.0.0.1:4173/?token=new', { 'regimen.token': 'old' });
  expect(takeToken(window)).toBe('new');
  expect(takeToken(place('http://127.0.0.1:4173/', window.stored))).toBe('new');
});

test('without any token there is an empty one', () => {
  expect(takeToken(place('http://127.0.0.1:4173/'))).toBe('');
});
