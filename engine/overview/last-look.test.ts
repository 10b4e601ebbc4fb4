import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LAST_LOOK, lastLook } from './last-look.ts';

const MINUTE = 60_000;
const MONDAY = Date.UTC(2026, 0, 5, 8);
const TUESDAY = MONDAY + 24 * 60 * MINUTE;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'last-look-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what was new when a look began stays new while it lasts, and is not when somebody comes back', () => {
  const look = lastLook(folder);
  expect(look.since(MONDAY)).toBeNull();
  expect(look.seen(MONDAY, false)).toBeNull();
  // A reload, and a window that was open all the while.
  for (const minutes of [1, 50, 100, 150]) expect(look.seen(MONDAY + minutes * MINUTE, false)).toBeNull();
  expect(look.since(TUESDAY)).toBe(MONDAY + 150 * MINUTE);
  expect(look.seen(TUESDAY, false)).toBe(MONDAY + 150 * MINUTE);
  // Another process, and the same look.
  expect(lastLook(folder).since(TUESDAY + 30 * MINUTE)).toBe(MONDAY + 150 * MINUTE);
});

test('what was marked as seen is not new any more', () => {
  const look = lastLook(folder);
  expect(look.seen(MONDAY, true)).toBe(MONDAY);
  expect(look.since(MONDAY + MINUTE)).toBe(MONDAY);
});

test('what can’t be read was no look, and a clock that was set back begins none', () => {
  const look = lastLook(folder);
  look.seen(TUESDAY, true);
  expect(look.since(MONDAY)).toBe(TUESDAY);
  writeFileSync(join(folder, LAST_LOOK), '{"since": 7}');
  expect(look.since(TUESDAY)).toBeNull();
});
