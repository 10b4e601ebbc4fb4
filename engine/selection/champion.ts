/** Among whom a champion is best. With scope `regime`, symbol and timeframe are `ANY`. */
export interface Scope {
  readonly symbol: string;
  readonly timeframe: string;
  readonly regime: string;
}

/** Stands for every symbol or timeframe; no symbol has this name. */
export const ANY = '*';

export interface Champion extends Scope {
  readonly runId: number;
  readonly strategyIndex: number;
  readonly score: number;
  readonly trades: number;
  /** What changed since it was chosen, in words, where that has put it aside; null for one that competes. */
  readonly stale: string | null;
}

/** One row of the audit trail. */
export interface Decision extends Scope {
  /** The run that is judged. */
  readonly runId: number;
  readonly decision: 'champion' | 'rejected' | 'pushed_out' | 'stood_aside' | 'rescored';
  readonly strategyIndex: number;
  /** NaN where the score is not defined. */
  readonly newScore: number;
  readonly trades: number;
  /** The champion it was compared with: the one it replaces, failed to beat, or is pushed out by. */
  readonly oldRunId: number | null;
  /** That champion's score on today's bars under today's costs and rules, which is what was compared. */
  readonly oldScore: number | null;
  /** The same as it was stored when that champion was chosen. */
  readonly oldStoredScore: number | null;
  /** newScore - oldScore. */
  readonly margin: number | null;
  readonly reason: string;
}

/** Of a decision that compares with no champion. */
export const NO_RIVAL = { oldRunId: null, oldScore: null, oldStoredScore: null, margin: null } as const;

/** Names one run's place in one scope. */
export function placeOf({ symbol, timeframe, regime, runId }: Scope & Pick<Champion, 'runId'>): string {
  return `${runId} ${symbol} ${timeframe} ${regime}`;
}

export function sameScope(a: Scope, b: Scope): boolean {
  return a.regime === b.regime && a.symbol === b.symbol && a.timeframe === b.timeframe;
}
