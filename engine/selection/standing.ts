import { type EligibilityRules, figure, leastScore, SCORES } from './candidates.ts';
import { type Champion, type Decision, NO_RIVAL, type Scope, sameScope } from './champion.ts';

/**
 * How a champion's score stands beside one that is given today:
 * - current: it comes from the same bars under the same costs and rules; a chance to survive may be another one by now, since it also
 *   tells how much was tried: then this is its `score`;
 * - rescored: it did not, and was scored again on today's; a score of NaN is none;
 * - stale: it did not, and nothing has scored it again. `reason` completes "… since it was chosen", `obstacle`, why it could
 *   not be, "…, and".
 */
export type Standing =
  | { readonly kind: 'current'; readonly score?: number }
  | { readonly kind: 'rescored'; readonly score: number; readonly trades: number }
  | { readonly kind: 'stale'; readonly reason: string; readonly obstacle?: string };

export type StandingOf = (champion: Champion) => Standing;

export const ALL_CURRENT: StandingOf = () => ({ kind: 'current' });

/** Champions stand where they stood when they were last asked about. */
export const AS_MARKED: StandingOf = ({ stale }) =>
  stale === null ? { kind: 'current' } : { kind: 'stale', reason: stale };

export type PlaceRules = EligibilityRules & { readonly keep_top_n_per_regime: number };

/** Champions of one scope once each stands where it stands today. */
export interface SettledScope {
  /** They compete, best first: scores that can be compared with today's, as many as there are places at most. */
  readonly holders: readonly Champion[];
  /** They keep their place in the list, but take none from others, until they are scored again. */
  readonly aside: readonly Champion[];
  /** Score of each rescored holder as it was stored before, by run. */
  readonly storedScores: ReadonlyMap<number, number>;
  readonly decisions: readonly Decision[];
}

/**
 * Puts the champions of a scope where they stand today, before anyone is compared with them: stale ones step aside, rescored
 * ones take their new score or leave, and what is beyond the places is pushed out. Settling again changes nothing.
 */
export function settle(
  scope: Scope,
  champions: readonly Champion[],
  rules: PlaceRules,
  standingOf: StandingOf,
): SettledScope {
  const competing: Champion[] = [];
  const aside: Champion[] = [];
  const storedScores = new Map<number, number>();
  const decisions: Decision[] = [];
  for (const champion of champions.filter((c) => sameScope(c, scope))) {
    const standing = standingOf(champion);
    if (standing.kind === 'current') {
      const now = standing.score === undefined ? champion : { ...champion, score: standing.score };
      const shortfall = now.score === champion.score ? null : shortfallOf(now, rules);
      if (shortfall !== null) {
        const reason = `More was tried since it was chosen: ${shortfall}`;
        decisions.push({ ...leaving(now, reason), oldScore: now.score, oldStoredScore: champion.score });
        continue;
      }
      const isSame = champion.stale === null && now.score === champion.score;
      competing.push(isSame ? champion : { ...now, stale: null });
    } else if (standing.kind === 'stale') {
      const stale = staleText(standing);
      if (champion.stale === stale) aside.push(champion);
      else {
        aside.push({ ...champion, stale });
        decisions.push(steppedAside(champion, standing));
      }
    } else {
      const { score, trades } = standing;
      const rescored = { ...champion, score, trades, stale: null };
      const shortfall = shortfallOf(rescored, rules);
      if (shortfall !== null) {
        const reason = `${SCORED_AGAIN}: ${shortfall}`;
        decisions.push({ ...leaving(rescored, reason), oldScore: score, oldStoredScore: champion.score });
        continue;
      }
      decisions.push(scoredAgain(rescored, champion.score, rules));
      storedScores.set(champion.runId, champion.score);
      competing.push(rescored);
    }
  }
  competing.sort(bestFirst);
  const places = rules.keep_top_n_per_regime;
  for (const champion of competing.slice(places)) {
    decisions.push(leaving(champion, `keep_top_n_per_regime is ${places} now, and there are better ones.`));
  }
  return { holders: competing.slice(0, places), aside, storedScores, decisions };
}

function shortfallOf({ score, trades }: Champion, rules: EligibilityRules): string | null {
  const { title } = SCORES[rules.score];
  const least = leastScore(rules);
  if (trades < rules.min_trades_per_regime) {
    return `${trades} trades, ${rules.min_trades_per_regime} are asked for.`;
  }
  if (Number.isNaN(score)) return `it has no ${title}.`;
  return score > least ? null : `its ${title} is ${figure(score)}; it must be above ${least}.`;
}

const SCORED_AGAIN = "Scored again for today's data and rules";

function scoredAgain(rescored: Champion, before: number, rules: EligibilityRules): Decision {
  const { title } = SCORES[rules.score];
  const { score, trades } = rescored;
  const reason = `${SCORED_AGAIN}: ${title} ${figure(score)} with ${trades} trades; it was ${figure(before)} before.`;
  return {
    ...leaving(rescored, reason),
    decision: 'rescored',
    oldScore: score,
    oldStoredScore: before,
  };
}

type Stale = Extract<Standing, { kind: 'stale' }>;

/** Completes "Since it was chosen, …". */
function staleText({ reason, obstacle }: Stale): string {
  return obstacle === undefined ? reason : `${reason}, and ${obstacle}`;
}

function steppedAside(champion: Champion, stale: Stale): Decision {
  const text =
    stale.obstacle === undefined
      ? `It stands aside until it is scored again: ${stale.reason} since it was chosen.`
      : `It stands aside: since it was chosen, ${staleText(stale)}.`;
  return { ...leaving(champion, text), decision: 'stood_aside' };
}

function leaving(champion: Champion, reason: string): Decision {
  const { symbol, timeframe, regime, runId, strategyIndex, score, trades } = champion;
  return {
    symbol,
    timeframe,
    regime,
    runId,
    decision: 'pushed_out',
    strategyIndex,
    newScore: score,
    trades,
    ...NO_RIVAL,
    reason,
  };
}

/** The earlier run is the better of equals: a newcomer has to improve on it. */
function bestFirst(a: Champion, b: Champion): number {
  if (a.score !== b.score) return a.score > b.score ? -1 : 1;
  return a.runId - b.runId;
}
