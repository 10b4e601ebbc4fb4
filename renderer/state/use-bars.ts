import { useCallback, useEffect, useRef, useState } from 'react';
import type { BarsDto } from '../../engine/contract/dto/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { toEngineError } from './errors.ts';

/** Bars in one piece, oldest first, and whether there are some before them. */
export type Bars = Pick<BarsDto, 'time' | 'open' | 'high' | 'low' | 'close' | 'regime' | 'earlier'>;

/** Bars of the first page, and of each further one: as many again as there are, so that a chart is seldom drawn anew. */
const FIRST = 2_000;
const MOST = 10_000;

type Ask<T extends BarsDto> = (page: { readonly before?: number; readonly limit: number }) => Promise<T>;

export interface EarlierBars<T extends BarsDto> {
  /** All pages so far as one; undefined until the first is there. */
  readonly bars: Bars | undefined;
  /** The last answer. */
  readonly page: T | undefined;
  readonly error: EngineError | undefined;
  /** Asks for the page before the first; does nothing while one is under way, or where there is none. */
  askEarlier(): void;
}

/**
 * Bars page by page, back in time. `ask` must be the same function as long as the bars are the same ones.
 * @param start bars that are there already; the first page is the one before them, once it is asked for
 */
export function useBars<T extends BarsDto>(ask: Ask<T>, start?: Bars): EarlierBars<T> {
  const [state, setState] = useState<{ bars?: Bars; page?: T; error?: EngineError }>({});
  const busy = useRef<Ask<T>>(undefined);
  const bars = state.bars ?? start;

  const load = useCallback(
    (before: number | undefined, limit: number) => {
      if (busy.current === ask) return;
      busy.current = ask;
      ask(before === undefined ? { limit } : { before, limit }).then(
        (page) => {
          if (busy.current !== ask) return;
          busy.current = undefined;
          setState((now) => ({
            page,
            bars: joined(page, before === undefined ? undefined : (now.bars ?? start)),
          }));
        },
        (error: unknown) => {
          // Not asked for again at each movement: what failed once is said.
          if (busy.current === ask) setState((now) => ({ ...now, error: toEngineError(error) }));
        },
      );
    },
    [ask, start],
  );

  useEffect(() => {
    setState({});
    busy.current = undefined;
    if (start === undefined) load(undefined, FIRST);
  }, [load, start]);

  const askEarlier = () => {
    if (bars === undefined || bars.earlier === 0) return;
    load(bars.time[0], Math.min(MOST, Math.max(FIRST, bars.time.length)));
  };
  return { bars, page: state.page, error: state.error, askEarlier };
}

/** A page before what there is. */
export function joined(page: Bars, later: Bars | undefined): Bars {
  if (later === undefined) return page;
  // A copy of memory: spread out, a hundred thousand bars would take a frame.
  return {
    earlier: page.earlier,
    time: page.time.concat(later.time),
    open: page.open.concat(later.open),
    high: page.high.concat(later.high),
    low: page.low.concat(later.low),
    close: page.close.concat(later.close),
    regime: page.regime.concat(later.regime),
  };
}
