import { useDebouncedCallback, useThrottledValue } from '@mantine/hooks';
import { startTransition, useCallback, useEffect, useRef, useState } from 'react';
import type { HistorySort } from '../../engine/contract/api/results.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { call, toEngineError } from '../state/index.ts';
import { useRevisions } from '../state/topics.ts';
import type { HistoryFilter } from './filters.ts';
import { EMPTY_WINDOW, PAGE_ROWS, pagesToRead, type RunWindow, withPage } from './run-window.ts';

export interface HistoryQuery {
  readonly filter: HistoryFilter;
  readonly sort: HistorySort;
  readonly descending: boolean;
  /** Most rows; undefined is all. */
  readonly limit: number | undefined;
}

/** A page is asked for when scrolling has rested this long; pages that fly past are not. */
const REST_MS = 50;
/** Least time between two refreshes while models are being trained. */
const REFRESH_MS = 1500;

/** By pages: to scroll within one asks for nothing and draws nothing again. */
const pageStart = (row: number) => row - (row % PAGE_ROWS);

interface State {
  readonly key: string;
  readonly window: RunWindow;
  readonly error: EngineError | undefined;
}

/** The rows of a search around what is visible: read page by page, and again when runs or champions change. */
export function useRunWindow(query: HistoryQuery) {
  const key = JSON.stringify(query);
  const revision = useThrottledValue(
    useRevisions((revisions) => revisions.runs + revisions.champions + revisions.marks),
    REFRESH_MS,
  );
  const [asked, setAsked] = useState(0);
  const [range, setRange] = useState({ first: 0, last: 0 });
  const [state, setState] = useState<State>({ key, window: EMPTY_WINDOW, error: undefined });
  const isFresh = state.key === key;
  const stamp = revision + asked;
  const wanted = pagesToRead(isFresh ? state.window : EMPTY_WINDOW, range.first, range.last, stamp);
  const nextPage = wanted[0];
  const current = useRef(key);
  current.current = key;

  useEffect(() => {
    if (nextPage === undefined || (state.error !== undefined && state.key === key)) return;
    const { filter, limit, ...order } = JSON.parse(key) as HistoryQuery;
    const offset = nextPage * PAGE_ROWS;
    const rows = limit === undefined ? PAGE_ROWS : Math.min(PAGE_ROWS, limit - offset);
    call('history.search', { ...filter, ...order, offset, limit: rows }).then(
      ({ runs, total }) => {
        if (current.current !== key) return;
        const shown = limit === undefined ? total : Math.min(limit, total);
        // Drawn in slices: a table of runs at once would hold up a frame.
        startTransition(() => {
          setState((before) => ({
            key,
            window: withPage(
              before.key === key ? before.window : EMPTY_WINDOW,
              nextPage,
              { rows: runs, revision: stamp },
              shown,
            ),
            error: undefined,
          }));
        });
      },
      (error: unknown) => {
        if (current.current === key) setState((before) => ({ ...before, key, error: toEngineError(error) }));
      },
    );
  }, [key, nextPage, stamp, state.error, state.key]);

  // Nothing here is drawn again while rows fly past.
  const show = useDebouncedCallback((first: number, last: number) => {
    const range = { first: pageStart(first), last: pageStart(last) };
    setRange((before) => (before.first === range.first && before.last === range.last ? before : range));
  }, REST_MS);
  const refresh = useCallback(() => {
    setState((before) => ({ ...before, error: undefined }));
    setAsked((n) => n + 1);
  }, []);

  return {
    /** The rows that were read last; those of the search before until the first of this one are there. */
    window: state.window,
    /** What is shown still answers the search before. */
    isStale: !isFresh,
    error: isFresh ? state.error : undefined,
    /** Tells which rows are visible. */
    show,
    refresh,
  };
}
