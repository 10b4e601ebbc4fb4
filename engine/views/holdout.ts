import type { Basis } from '../binding/basis.ts';
import type { HoldoutLookDto } from '../contract/dto/index.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { Reader } from '../store/database.ts';
import { listLooks, lookAt } from '../store/looks.ts';

/** A stretch at the end of a market's data, ms since 1970-01-01 UTC. */
export interface HoldoutWindow {
  /** Null where it is not known: a run of the first release says neither begin nor end. */
  readonly from: number | null;
  readonly to: number;
}

/** What a run or champion rests on. */
export interface Judged {
  readonly symbol: string;
  readonly timeframe: string;
  readonly basis: Partial<Basis>;
  /** When its result came in: its holdout ended by then. Ms since 1970-01-01 UTC. */
  readonly at: number;
}

/** The holdout that figures of this basis are from. */
export function holdoutOf({ basis, at }: Pick<Judged, 'basis' | 'at'>): HoldoutWindow {
  // The first release names other windows, and no date that they were counted back from.
  const evaluated = (basis.windows as Partial<Basis['windows']> | undefined)?.evaluated;
  const holdout = evaluated?.find(({ name }) => name === 'holdout');
  return holdout === undefined
    ? { from: null, to: at }
    : { from: Date.parse(holdout.from), to: Date.parse(holdout.to) };
}

/** Tells of whatever has figures of a holdout whether they may be shown. */
export type HoldoutLooks = (judged: Judged) => HoldoutLookDto;

/**
 * The one place that decides whether figures, trades and curves of a holdout are shown: once the look at a holdout of that market that
 * reaches as far, or further, is spent. A newer as-of date has a holdout of its own, which nobody has looked at.
 */
export function holdoutLooks(store: Reader): HoldoutLooks {
  const looks = listLooks(store);
  return (judged) => {
    const { symbol, timeframe } = judged;
    const { from, to } = holdoutOf(judged);
    const look = lookAt(looks, { symbol, timeframe: timeframe as Timeframe, holdout_to: to });
    const range = { from: from === null ? null : iso(from), to: iso(to) };
    return look === undefined
      ? { ...range, opened: null, hidden: hiddenText(symbol, timeframe, range) }
      : { ...range, opened: { at: iso(look.opened_at), by: look.opened_by }, hidden: null };
  };
}

/** What is shown of a holdout: nothing until its look is spent. */
export function whenOpen<T>(look: Pick<HoldoutLookDto, 'opened'>, read: () => T): T | null {
  return look.opened === null ? null : read();
}

export function hiddenText(
  symbol: string,
  timeframe: string,
  { from, to }: Pick<HoldoutLookDto, 'from' | 'to'>,
): string {
  const span = from === null ? `up to ${day(to)}` : `of ${day(from)} to ${day(to)}`;
  return `The holdout of ${symbol} ${timeframe} ${span} is hidden until you spend the one look at it, since it tests nothing any more once it was seen: "champions open" or the button "Open the holdout" shows it.`;
}

const day = (time: string) => time.slice(0, 10);
const iso = (ms: number) => new Date(ms).toISOString();
