import type { Config } from '../config/schema.ts';
import type { ChampionScope } from '../contract/words.ts';
import { type Examination, figure, SCORES } from './candidates.ts';
import { ANY, type Champion, type Decision, NO_RIVAL, placeOf, type Scope, sameScope } from './champion.ts';
import { ALL_CURRENT, type SettledScope, type StandingOf, settle } from './standing.ts';

export interface SelectionOutcome {
  readonly decisions: readonly Decision[];
  readonly added: readonly Champion[];
  readonly removed: readonly Champion[];
  /** Those that were champions before and have another score or mark now, as they are now. */
  readonly changed: readonly Champion[];
  /** All champions afterwards. */
  readonly champions: readonly Champion[];
  /** Whether the run's model file is kept. */
  readonly keepArtifact: boolean;
  /** Other runs that are champion of nothing any more and whose model files go. */
  readonly released: readonly number[];
}

export type SelectionRules = Pick<
  Config['evaluation'],
  'scope' | 'score' | 'min_score' | 'min_trades_per_regime' | 'min_improvement_threshold' | 'judge'
> &
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
 *
 * @param standingOf asked of the champions of the run's scopes
 */
export function decide(
  run: ExaminedRun,
  champions: readonly Champion[],
  rules: SelectionRules,
  standingOf: StandingOf = ALL_CURRENT,
): SelectionOutcome {
  const decisions: Decision[] = [];
  let current = champions;
  for (const examination of run.examinations) {
    const scope = scopeOf(rules.scope, run.symbol, run.timeframe, examination.regime);
    const settled = settle(scope, current, rules, standingOf);
    decisions.push(...settled.decisions);

    let holders = settled.holders;
    if (!holders.some((champion) => champion.runId === run.runId)) {
      const verdict = judge(run.runId, scope, examination, settled, rules);
      decisions.push(verdict);
      if (verdict.decision === 'champion') {
        const { strategyIndex, score, trades } = examination;
        holders = [
          ...holders.filter((champion) => champion.runId !== verdict.oldRunId),
          { ...scope, runId: run.runId, strategyIndex, score, trades, stale: null },
        ];
      }
    }
    const inScope = [...holders, ...settled.aside];
    const before = current.filter((champion) => sameScope(champion, scope));
    // Most results change nothing.
    if (inScope.length === before.length && inScope.every((champion) => before.includes(champion))) continue;
    current = [
      ...current.flatMap((champion) =>
        sameScope(champion, scope) ? (inScope.find((c) => c.runId === champion.runId) ?? []) : [champion],
      ),
      ...inScope.filter(
        ({ runId }) => !current.some((champion) => sameScope(champion, scope) && champion.runId === runId),
      ),
    ];
  }
  return { decisions, ...differences(run, champions, current, rules) };
}

/** What the new champions mean for the rows and model files there are. */
function differences(
  run: ExaminedRun,
  before: readonly Champion[],
  after: readonly Champion[],
  rules: SelectionRules,
): Omit<SelectionOutcome, 'decisions'> {
  const keepsAll = !rules.delete_non_best_models;
  if (after === before) {
    const keepArtifact = keepsAll || after.some(({ runId }) => runId === run.runId);
    return { added: [], removed: [], changed: [], champions: after, keepArtifact, released: [] };
  }
  const old = byPlace(before);
  const now = byPlace(after);
  const removed = before.filter((champion) => !now.has(placeOf(champion)));
  const needed = new Set(after.map((champion) => champion.runId));
  const released = [...new Set(removed.map((champion) => champion.runId))].filter(
    (runId) => runId !== run.runId && !needed.has(runId),
  );
  return {
    added: after.filter((champion) => !old.has(placeOf(champion))),
    removed,
    changed: after.filter((champion) => (old.get(placeOf(champion)) ?? champion) !== champion),
    champions: after,
    keepArtifact: keepsAll || needed.has(run.runId),
    released: keepsAll ? [] : released,
  };
}

function byPlace(champions: readonly Champion[]): Map<string, Champion> {
  return new Map(champions.map((champion) => [placeOf(champion), champion]));
}

function judge(
  runId: number,
  scope: Scope,
  examination: Examination,
  { holders, aside, storedScores }: SettledScope,
  rules: SelectionRules,
): Decision {
  const { strategyIndex, score, trades, ineligible } = examination;
  const subject = { ...scope, runId, strategyIndex, newScore: score, trades };
  const unopposed = { ...subject, ...NO_RIVAL };
  if (ineligible !== null) return { ...unopposed, decision: 'rejected', reason: ineligible };

  const { title } = SCORES[rules.score];
  const places = rules.keep_top_n_per_regime;
  const worst = holders.at(-1);
  if (worst === undefined || holders.length < places) {
    const free = places === 1 ? 'There was no champion' : `${holders.length} of ${places} places were taken`;
    const reason = `${free}${asideText(aside)}; ${title} ${figure(score)} with ${trades} trades.`;
    return { ...unopposed, decision: 'champion', reason };
  }

  const margin = score - worst.score;
  const threshold = rules.min_improvement_threshold;
  const asked = threshold * Math.abs(worst.score);
  const stored = storedScores.get(worst.runId);
  const opposed = {
    ...subject,
    oldRunId: worst.runId,
    oldScore: worst.score,
    oldStoredScore: stored ?? worst.score,
    margin,
  };
  const mine = `${title} ${figure(score)}`;
  const theirs =
    figure(worst.score) + (stored === undefined ? '' : ` (scored again; it was ${figure(stored)} before)`);
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

/** Champions whose scores can't be compared, beside a free place. */
function asideText(aside: readonly Champion[]): string {
  if (aside.length === 0) return '';
  const list = aside.map(({ runId, score }) => `run ${runId} (${figure(score)})`).join(', ');
  return ` whose score still counts: ${list} ${aside.length === 1 ? 'stands' : 'stand'} aside`;
}
