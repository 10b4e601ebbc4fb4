import { expect, test } from 'vitest';
import { anyOpen, claimHelped, claimOwn, createClaims, giveBack, settle, waitFor } from './fit-claims.ts';

test('each member is claimed once, by its own thread from the front and by helpers from the end', () => {
  const claims = createClaims(3);
  expect(claimHelped(claims, 1)).toBe(2);
  expect(claimOwn(claims, 0)).toBe(true);
  expect(anyOpen(claims)).toBe(true);
  expect(claimHelped(claims, 0)).toBe(1);
  expect(anyOpen(claims)).toBe(false);
  expect([0, 1, 2].map((member) => claimOwn(claims, member))).toEqual([false, false, false]);
  expect(claimHelped(claims, 2)).toBeUndefined();
});

test('what a lost helper claimed is given back, what it or others have settled is not', () => {
  const claims = createClaims(4);
  claimHelped(claims, 0);
  settle(claims, 3);
  claimHelped(claims, 0);
  claimHelped(claims, 1);
  giveBack(claims, 0);
  expect(waitFor(claims, 3)).toBe(true);
  expect(waitFor(claims, 2)).toBe(false);
  settle(claims, 1);
  expect(waitFor(claims, 1)).toBe(true);
  expect(claimOwn(claims, 0)).toBe(true);
});
