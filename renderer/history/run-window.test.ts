import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_WINDOW,
  MAX_PAGES,
  PAGE_ROWS,
  pagesToRead,
  type RunWindow,
  runAt,
  withPage,
} from './run-window.ts';
import { run } from './testing/run.ts';

const TOTAL = 100_000;
const rowsOf = (page: number) =>
  Array.from({ length: PAGE_ROWS }, (_, i) => run({ id: page * PAGE_ROWS + i }));
const read = (window: RunWindow, page: number, revision = 0, total = TOTAL) =>
  withPage(window, page, { rows: rowsOf(page), revision }, total);

describe('run window', () => {
  it('asks for the first page while nothing is known', () => {
    expect(pagesToRead(EMPTY_WINDOW, 0, 40, 0)).toEqual([0]);
    expect(pagesToRead(EMPTY_WINDOW, 900, 950, 0)).toEqual([0]);
  });

  it('asks for what the visible rows lack, and not beyond the end', () => {
    const window = read(EMPTY_WINDOW, 0);
    expect(pagesToRead(window, 0, 40, 0)).toEqual([]);
    expect(pagesToRead(window, 80, 120, 0)).toEqual([1]);
    expect(pagesToRead(window, 99_950, 100_400, 0)).toEqual([999]);
    expect(pagesToRead(read(EMPTY_WINDOW, 0, 0, 0), 0, 40, 0)).toEqual([]);
  });

  it('asks again for what was read before the history changed, and shows it until then', () => {
    const window = read(EMPTY_WINDOW, 0, 1);
    expect(pagesToRead(window, 0, 40, 2)).toEqual([0]);
    expect(runAt(window, 7)?.id).toBe(7);
  });

  it('forgets other pages when the total changes: their rows have moved', () => {
    const window = read(read(EMPTY_WINDOW, 0), 5);
    expect([...read(window, 1, 0, TOTAL + 1).pages.keys()]).toEqual([1]);
  });

  it('finds each row where it belongs and stays small, wherever one scrolls', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: TOTAL / PAGE_ROWS - 1 }), { minLength: 1, maxLength: 80 }),
        (visits) => {
          const window = visits.reduce((w, page) => read(w, page), EMPTY_WINDOW);
          expect(window.pages.size).toBeLessThanOrEqual(MAX_PAGES);
          const last = visits[visits.length - 1]!;
          for (const i of [0, 42, PAGE_ROWS - 1])
            expect(runAt(window, last * PAGE_ROWS + i)?.id).toBe(last * PAGE_ROWS + i);
          for (const page of window.pages.keys())
            expect(runAt(window, page * PAGE_ROWS)?.id).toBe(page * PAGE_ROWS);
        },
      ),
    );
  });
});
