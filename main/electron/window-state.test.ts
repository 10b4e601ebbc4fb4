import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openingBounds, readWindowState, writeWindowState } from './window-state.ts';

const primary = { x: 0, y: 25, width: 1920, height: 1055 };
const right = { x: 1920, y: 0, width: 2560, height: 1440 };
const at = (x: number, y: number, width = 1200, height = 800) => ({
  bounds: { x, y, width, height },
  maximized: false,
});

test('the first window opens in the middle of the primary display', () => {
  expect(openingBounds(undefined, [primary, right])).toEqual({ x: 280, y: 123, width: 1360, height: 860 });
});

test('a window opens where it was, on any display', () => {
  expect(openingBounds(at(100, 100), [primary, right])).toEqual({ x: 100, y: 100, width: 1200, height: 800 });
  expect(openingBounds(at(3000, 200), [primary, right])).toEqual({
    x: 3000,
    y: 200,
    width: 1200,
    height: 800,
  });
  // Partly outside is where some like it, as long as it can be dragged back.
  expect(openingBounds(at(-1000, 100), [primary]).x).toBe(-1000);
});

test.each([
  ['on a display that is gone', at(3000, 200)],
  ['too far to the left', at(-1100, 100)],
  ['above the screen, where its title bar is out of reach', at(100, -200)],
  ['below the screen', at(100, 1070)],
])('a window %s comes back to the middle', (_name, state) => {
  expect(openingBounds(state, [primary])).toEqual({ x: 360, y: 153, width: 1200, height: 800 });
});

test('a window is no larger than its display and no smaller than it can be used', () => {
  const small = { x: 0, y: 0, width: 1280, height: 720 };
  expect(openingBounds(at(10, 10, 5000, 4000), [small])).toMatchObject({ width: 1280, height: 720 });
  expect(openingBounds(at(10, 10, 50, 40), [small])).toMatchObject({ width: 900, height: 600 });
});

test('what is written is read again; anything else is as good as nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-window-'));
  const file = join(folder, 'window.json');
  expect(readWindowState(file)).toBeUndefined();
  writeWindowState(file, at(1, 2));
  expect(readWindowState(file)).toEqual(at(1, 2));
  for (const text of [
    '',
    '{',
    '[]',
    '{"bounds":{"x":1}}',
    '{"bounds":{"x":0,"y":0,"width":-1,"height":5},"maximized":true}',
  ]) {
    writeFileSync(file, text);
    expect(readWindowState(file)).toBeUndefined();
  }
  rmSync(folder, { recursive: true });
  expect(() => writeWindowState(file, at(1, 2))).not.toThrow();
});
