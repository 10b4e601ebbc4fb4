import type { TradeDto } from '../../../engine/contract/dto/index.ts';

/** Bars of one market, oldest first, a value of each in every list. */
export interface CandleBars {
  /** Opening times, ms since 1970-01-01 UTC. */
  readonly time: readonly number[];
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
}

/** A stretch of time with a name of its own: a window, a fold. Ms since 1970-01-01 UTC, `to` exclusive. */
export interface CandleSpan {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** A color of the theme, such as `var(--accent)`. */
  readonly color: string;
  /** Its line and name stand below those of others, which it may overlap. */
  readonly isLower?: boolean;
}

/** What a trade on candles is drawn from. */
export type CandleTrade = Pick<
  TradeDto,
  | 'number'
  | 'opened'
  | 'closed'
  | 'side'
  | 'entryPrice'
  | 'exitPrice'
  | 'stop'
  | 'takeProfit'
  | 'netPercent'
  | 'holdout'
>;

/** A trade in bars; `exit` is that of the bar at whose open nothing is held any more. */
export interface PlacedTrade extends CandleTrade {
  readonly entry: number;
  readonly exit: number;
}

/** Index of the first bar that opens at or after `at`; the number of bars where none does. */
export function barFrom(time: readonly number[], at: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Trades that were entered on these bars, in the order of entry; one that ends beyond them ends with the last of them. */
export function placeTrades(trades: readonly CandleTrade[], time: readonly number[]): PlacedTrade[] {
  const placed: PlacedTrade[] = [];
  for (const trade of trades) {
    const entry = barFrom(time, Date.parse(trade.opened));
    if (time[entry] !== Date.parse(trade.opened)) continue;
    placed.push({
      ...trade,
      entry,
      exit: Math.min(time.length - 1, barFrom(time, Date.parse(trade.closed))),
    });
  }
  return placed.sort((a, b) => a.entry - b.entry || a.number - b.number);
}

/** Bars from `from` up to, but not including, `to`, with one value in common. */
export interface LabelStretch {
  readonly label: number;
  readonly from: number;
  readonly to: number;
}

/** Bars in a row with the same label, as one. */
export function stretches(labels: readonly number[]): LabelStretch[] {
  const found: LabelStretch[] = [];
  let from = 0;
  for (let bar = 1; bar <= labels.length; bar++) {
    if (bar < labels.length && labels[bar] === labels[from]) continue;
    found.push({ label: labels[from]!, from, to: bar });
    from = bar;
  }
  return found;
}

/** Position of the first of these that ends behind a bar; they are ascending and do not overlap. */
export function firstBehind(all: readonly { readonly to: number }[], bar: number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle]!.to <= bar) low = middle + 1;
    else high = middle;
  }
  return low;
}
