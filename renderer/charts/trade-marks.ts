import type { TradeDto } from '../../engine/contract/dto/index.ts';
import type { PlotMark } from './plot-marks.tsx';

/** What a trade is drawn from. */
export type MarkedTrade = Pick<
  TradeDto,
  'opened' | 'closed' | 'side' | 'entryPrice' | 'exitPrice' | 'holdout'
>;

export const TRADE_COLORS = {
  long: 'var(--running)',
  short: 'var(--warning)',
} as const;

export const TRADE_GLYPHS = { long: '▲', short: '▼', exit: '✕', hollow: '△' } as const;

/**
 * Marks of trades on bars that open at `time` (ms since 1970-01-01 UTC, ascending): a triangle at the entry, upwards for a
 * long trade, a cross at the exit; those of the holdout are hollow. Trades beyond the bars have no mark.
 */
export function tradeMarks(trades: readonly MarkedTrade[], time: readonly number[]): PlotMark[] {
  const bars = new Map(time.map((at, bar) => [at, bar]));
  return trades.flatMap(({ opened, closed, side, entryPrice, exitPrice, holdout }) => {
    const color = TRADE_COLORS[side];
    const entry = bars.get(Date.parse(opened));
    const exit = bars.get(Date.parse(closed));
    const shape = side === 'long' ? ('up' as const) : ('down' as const);
    return [
      ...(entry === undefined ? [] : [{ bar: entry, value: entryPrice, shape, color, hollow: holdout }]),
      ...(exit === undefined
        ? []
        : [{ bar: exit, value: exitPrice, shape: 'cross' as const, color, hollow: holdout }]),
    ];
  });
}

type Times = Pick<TradeDto, 'opened' | 'closed'>;

/** Bars from `from` up to, but not including, `to`. */
export interface BarRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The bars of a trade, from the one it was entered at to the one it was left at. Undefined where it begins beyond the
 * bars; one that ends there is taken to be held to the last of them.
 */
export function barsHeld({ opened, closed }: Times, time: readonly number[]): BarRange | undefined {
  const entry = time.indexOf(Date.parse(opened));
  if (entry === -1) return undefined;
  const exit = time.indexOf(Date.parse(closed), entry);
  return { from: entry, to: exit === -1 ? time.length : exit + 1 };
}

/** The same with so many bars before and behind that entry and exit are easy to tell apart. */
export function barsAround(trade: Times, time: readonly number[]): BarRange | undefined {
  const held = barsHeld(trade, time);
  if (held === undefined) return undefined;
  const margin = Math.max(20, 3 * (held.to - held.from - 1));
  return { from: Math.max(0, held.from - margin), to: Math.min(time.length, held.to + margin) };
}
