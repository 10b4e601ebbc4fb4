import type { Config } from '../config/schema.ts';
import type { ChampionScope } from '../contract/words.ts';
import { type Examination, figure, SCORES } from './candidates.ts';

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
}

/** One row of the audit trail. */
export interface Decision extends Scope {
  /** The run that is judged. */
  readonly runId: number;
  readonly decision: 'champion' | 'rejected' | 'pushed_out';
  readonly strategyIndex: number;
  /** NaN where the score is not defined. */
  readonly newScore: number;
  readonly trades: number;
  /** The champion it was compared with: the one it replaces, failed to beat, or is pushed out by. */
  readonly oldRunId: number | null;
  readonly oldScore: number | null;
  /** newScore - oldScore. */
  readonly margin: number | null;
  readonly reason: string;
}

export interface SelectionOutcome {
  readonly decisions: readonly Decision[];
  readonly added: readonly Champion[];
  readonly removed: readonly Champion[];
  /** All champions afterwards. */
  readonly champions: readonly Champion[];
  /** Whether the run's model file is kept. */
  readonly keepArtifact: boolean;
  /** Other runs that are champion of nothing any more and whose model files go. */
  readonly released: readonly number[];
}

export type SelectionRules = Pick<Config['evaluation'], 'scope' | 'score' | 'min_improvement_threshold'> &
  Pick<Config['model_management'], 'keep_top_n_per_regime' | 'delete_non_best_models'>;

export interface ExaminedRun {
  readonly runId: number;
  readonly symbol: string;
  readonly timeframe: string;
  /** Of every regime that can be traded; see `examineRegimes`. */
  readonly examinations: readonly Examination[];
}

export function scopeOf(rule: ChampionScope, symbol: string, timeframe: string, regime: string): Scope {
  return rule === 'regime' ? { symbol: ANY, timeframe: ANY, regime } : { symbol, timeframe, regime };
}

/**
 * Decides what a run is champion of. `champions` are all there are, of every scope: those outside the run's scopes do
 * not compete, but a run among them still needs its model file. Deciding the same again changes nothing.
 */
export function decide(
  run: ExaminedRun,
  champions: readonly Champion[],
  rules: SelectionRules,
): SelectionOutcome {
  const decisions: Decision[] = [];
  let current = champions;
  for (const examination of run.examinations) {
    const scope = scopeOf(rules.scope, run.symbol, run.timeframe, examination.regime);
    const inScope = current.filter((champion) => sameScope(champion, scope)).sort(bestFirst);
    const holders = inScope.slice(0, rules.keep_top_n_per_regime);
    const surplus = inScope.slice(rules.keep_top_n_per_regime);
    decisions.push(...surplus.map((champion) => pushedOut(champion, rules)));

    const isHolder = holders.some((champion) => champion.runId === run.runId);
    const verdict = isHolder ? undefined : judge(run.runId, scope, examination, holders, rules);
    if (verdict !== undefined) decisions.push(verdict);

    const leaving = new Set(surplus);
    if (verdict?.decision === 'champion') {
      const replaced = holders.find((champion) => champion.runId === verdict.oldRunId);
      if (replaced !== undefined) leaving.add(replaced);
      const { strategyIndex, score, trades } = examination;
      current = [...current, { ...scope, runId: run.runId, strategyIndex, score, trades }];
    }
    current = current.filter((champion) => !leaving.has(champion));
  }

  const before = new Set(champions);
  const after = new Set(current);
  const removed = champions.filter((champion) => !after.has(champion));
  const needed = new Set(current.map((champion) => champion.runId));
  const released = [...new Set(removed.map((champion) => champion.runId))].filter(
    (runId) => runId !== run.runId && !needed.has(runId),
  );
  return {
    decisions,
    added: current.filter((champion) => !before.has(champion)),
    removed,
    champions: current,
    keepArtifact: !rules.delete_non_best_models || needed.has(run.runId),
    released: rules.delete_non_best_models ? released : [],
  };
}

function judge(
  runId: number,
  scope: Scope,
  examination: Examination,
  holders: readonly Champion[],
  rules: SelectionRules,
): Decision {
  const { strategyIndex, score, trades, ineligible } = examination;
  const subject = { ...scope, runId, strategyIndex, newScore: score, trades };
  const unopposed = { ...subject, oldRunId: null, oldScore: null, margin: null };
  if (ineligible !== null) return { ...unopposed, decision: 'rejected', reason: ineligible };

  const { title } = SCORES[rules.score];
  const places = rules.keep_top_n_per_regime;
  const worst = holders.at(-1);
  if (worst === undefined || holders.length < places) {
    const free = places === 1 ? 'There was no champion' : `${holders.length} of ${places} places were taken`;
    const reason = `${free}; ${title} ${figure(score)} with ${trades} trades.`;
    return { ...unopposed, decision: 'champion', reason };
  }

  const margin = score - worst.score;
  const threshold = rules.min_improvement_threshold;
  const asked = threshold * Math.abs(worst.score);
  const opposed = { ...subject, oldRunId: worst.runId, oldScore: worst.score, margin };
  const [mine, theirs] = [`${title} ${figure(score)}`, figure(worst.score)];
  if (!(score > worst.score)) {
    return { ...opposed, decision: 'rejected', reason: `${mine} does not beat the champion's ${theirs}.` };
  }
  const terms = `at least ${figure(asked)} is asked for (${figure(threshold * 100)} % of it)`;
  return margin >= asked
    ? {
        ...opposed,
        decision: 'champion',
        reason: `${mine} beats the champion's ${theirs} by ${figure(margin)}; ${terms}.`,
      }
    : {
        ...opposed,
        decision: 'rejected',
        reason: `${mine} is ${figure(margin)} above the champion's ${theirs}; ${terms}.`,
      };
}

/** A champion beyond the places there are, which happens when `keep_top_n_per_regime` has been lowered. */
function pushedOut(champion: Champion, rules: SelectionRules): Decision {
  return {
    symbol: champion.symbol,
    timeframe: champion.timeframe,
    regime: champion.regime,
    runId: champion.runId,
    decision: 'pushed_out',
    strategyIndex: champion.strategyIndex,
    newScore: champion.score,
    trades: champion.trades,
    oldRunId: null,
    oldScore: null,
    margin: null,
    reason: `keep_top_n_per_regime is ${rules.keep_top_n_per_regime} now, and there are better ones.`,
  };
}

function sameScope(a: Scope, b: Scope): boolean {
  return a.regime === b.regime && a.symbol === b.symbol && a.timeframe === b.timeframe;
}

/** The earlier run is the better of equals: a newcomer has to improve on it. */
function bestFirst(a: Champion, b: Champion): number {
  if (a.score !== b.score) return a.score > b.score ? -1 : 1;
  return a.runId - b.runId;
}
