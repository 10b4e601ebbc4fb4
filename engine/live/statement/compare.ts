import type { PaperTrade } from '../forward/paper.ts';

/** A trade of an account. Times in ms UTC, prices as filled. */
export interface RealTrade {
  readonly ticket: string;
  readonly symbol: string;
  readonly direction: 1 | -1;
  readonly openTime: number;
  readonly openPrice: number;
  readonly closeTime: number | null;
  readonly closePrice: number | null;
  /** Commission and swap, in the currency of the account; a cost is below 0. */
  readonly charges: number;
  readonly profit: number;
}

export type MatchKind = 'matched' | 'late' | 'missed' | 'extra';

/** A trade on paper beside the one of the account that is meant to be it. */
export interface TradeMatch {
  readonly kind: MatchKind;
  readonly paper: PaperTrade | null;
  readonly real: RealTrade | null;
  /** Of the account after the paper, ms; null without both, as what follows. */
  readonly delay: number | null;
  /** By how much the account was filled worse, price units: below 0 it was better. */
  readonly entryWorse: number | null;
  readonly exitWorse: number | null;
  /** Net log returns; of the account null where its charges can't be held against its size. */
  readonly paperNet: number | null;
  readonly realNet: number | null;
  /** What each cost, log return: of the account its charges alone, since its spread is in its prices. */
  readonly paperCost: number | null;
  readonly realCost: number | null;
}

export interface MatchRules {
  /** So far from a paper entry the account's may be, ms. */
  readonly within: number;
  /** From when on it counts as late, ms. */
  readonly lateAfter: number;
}

/**
 * Matches trades by side and time of entry: of all pairs that are near enough the nearest first, each trade once. The same trades are the
 * same pairs, whatever order they come in.
 */
export function matchTrades(
  paper: readonly PaperTrade[],
  real: readonly RealTrade[],
  { within, lateAfter }: MatchRules,
): TradeMatch[] {
  const pairs = paper.flatMap((trade, p) =>
    real.flatMap((other, r) => {
      const delay = other.openTime - trade.entryTime;
      return other.direction === trade.direction && Math.abs(delay) <= within ? [{ p, r, delay }] : [];
    }),
  );
  pairs.sort(
    (a, b) =>
      Math.abs(a.delay) - Math.abs(b.delay) ||
      paper[a.p]!.entryTime - paper[b.p]!.entryTime ||
      (real[a.r]!.ticket < real[b.r]!.ticket ? -1 : 1),
  );
  const ofPaper = new Map<number, number>();
  const taken = new Set<number>();
  for (const { p, r } of pairs) {
    if (ofPaper.has(p) || taken.has(r)) continue;
    ofPaper.set(p, r);
    taken.add(r);
  }
  const matches = [
    ...paper.map((trade, p) => matchOf(trade, real[ofPaper.get(p) ?? -1] ?? null, lateAfter)),
    ...real.flatMap((trade, r) => (taken.has(r) ? [] : [matchOf(null, trade, lateAfter)])),
  ];
  return matches.sort((a, b) => timeOf(a) - timeOf(b));
}

const timeOf = ({ paper, real }: TradeMatch) => paper?.entryTime ?? real!.openTime;

function matchOf(paper: PaperTrade | null, real: RealTrade | null, lateAfter: number): TradeMatch {
  const { net: realNet = null, cost: realCost = null } = real === null ? {} : resultOf(real);
  const own = {
    paper,
    real,
    paperNet: paper?.net ?? null,
    realNet,
    paperCost: paper?.cost ?? null,
    realCost,
  };
  if (paper === null || real === null) {
    const none = { delay: null, entryWorse: null, exitWorse: null };
    return { kind: paper === null ? 'extra' : 'missed', ...own, ...none };
  }
  const delay = real.openTime - paper.entryTime;
  const { direction } = paper;
  const bothLeft = paper.exitPrice !== null && real.closePrice !== null;
  return {
    kind: delay > lateAfter ? 'late' : 'matched',
    ...own,
    delay,
    entryWorse: direction * (real.openPrice - paper.entryPrice),
    exitWorse: bothLeft ? direction * (paper.exitPrice! - real.closePrice!) : null,
  };
}

/**
 * Net log return of an account's trade, and what its charges cost of it. A profit and the move that made it say how much was traded, in the currency
 * of the account; without a move nothing does, unless there are no charges.
 */
function resultOf({ direction, openPrice, closePrice, charges, profit }: RealTrade) {
  if (closePrice === null) return {};
  const move = direction * (closePrice / openPrice - 1);
  const gross = direction * Math.log(closePrice / openPrice);
  if (charges === 0) return { net: gross, cost: 0 };
  const traded = profit / move;
  if (!Number.isFinite(traded) || traded <= 0) return {};
  const cost = -charges / traded;
  return { net: gross - cost, cost };
}
