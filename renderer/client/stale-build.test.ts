import { beforeEach, expect, test, vi } from 'vitest';
import { type BuildPlace, reloadStaleBuild } from './stale-build.ts';

let stored: Record<string, string>;
let reloads: number;
let isThere: boolean;
let fail: () => void;
let time: number;
beforeEach(() => {
  [stored, reloads, isThere, time] = [{}, 0, true, 1_000_000];
});

const place = (): BuildPlace => ({
  addEventListener: (_type, listener) => {
    fail = listener;
  },
  location: { reload: () => void reloads++ },
  sessionStorage: {
    getItem: (key) => stored[key] ?? null,
    setItem: (key, value) => {
      stored[key] = value;
    },
  },
  fetch: async () => {
    if (!isThere) throw new TypeError('Failed to fetch');
    return { ok: true };
  },
});
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('a part of an older build loads the page again, and not a second time at once', async () => {
  reloadStaleBuild(place(), () => time);
  fail();
  await vi.waitFor(() => expect(reloads).toBe(1));
  // As the page that was loaded again finds it.
  reloadStaleBuild(place(), () => time);
  fail();
  await settled();
  expect(reloads).toBe(1);
  time += 60_000;
  fail();
  await vi.waitFor(() => expect(reloads).toBe(2));
});

test('while the server is gone the page stays, and is loaded again once it is back', async () => {
  const isBack = reloadStaleBuild(place(), () => time);
  isThere = false;
  fail();
  await settled();
  expect(reloads).toBe(0);
  isThere = true;
  isBack();
  await vi.waitFor(() => expect(reloads).toBe(1));
});

test('whoever lacked nothing is not loaded again', async () => {
  const isBack = reloadStaleBuild(place(), () => time);
  isBack();
  await settled();
  expect(reloads).toBe(0);
});
