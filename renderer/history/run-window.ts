import type { RunDto } from '../../engine/contract/dto/index.ts';

/** Rows per question to the engine. */
export const PAGE_ROWS = 100;
/** Pages that are kept; the farthest from the newest are dropped, so that memory does not grow with scrolling. */
export const MAX_PAGES = 20;

interface Page {
  readonly rows: readonly RunDto[];
  /** Of the history when it was read. */
  readonly revision: number;
}

/** The part of a long result that has been read: pages by number. */
export interface RunWindow {
  /** Rows that match, undefined until known. */
  readonly total: number | undefined;
  readonly pages: ReadonlyMap<number, Page>;
}

export const EMPTY_WINDOW: RunWindow = { total: undefined, pages: new Map() };

/** The run in row `index`; undefined while it is not read. */
export function runAt(window: RunWindow, index: number): RunDto | undefined {
  return window.pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS];
}

/** Pages with rows `first` to `last` (inclusive) that are not read, or were read before `revision`; nearest first. */
export function pagesToRead(window: RunWindow, first: number, last: number, revision: number): number[] {
  const end = window.total === undefined ? 0 : Math.max(0, Math.ceil(window.total / PAGE_ROWS) - 1);
  const pages: number[] = [];
  for (let page = Math.floor(first / PAGE_ROWS); page <= Math.floor(last / PAGE_ROWS); page++) {
    const number = Math.min(page, end);
    if (window.pages.get(number)?.revision !== revision && !pages.includes(number)) pages.push(number);
  }
  return pages;
}

/**
 * The window with one more page. Another total means that rows came or went and others moved: what was read before is
 * dropped. Pages of an older revision stay on the screen until they are read again.
 */
export function withPage(window: RunWindow, number: number, page: Page, total: number): RunWindow {
  const pages = new Map(window.total === total ? window.pages : []);
  pages.set(number, page);
  const farthestFirst = [...pages.keys()].sort((a, b) => Math.abs(b - number) - Math.abs(a - number));
  for (const far of farthestFirst.slice(0, Math.max(0, pages.size - MAX_PAGES))) pages.delete(far);
  return { total, pages };
}
