import { breakEven, halfKellyOf, type Payoff } from './payoff.ts';
import { placeOf, resultPerStake, type SurvivalRow, survived } from './rows.ts';

/** A row of a test part, and what the model says of it. */
export interface JudgedRow {
  readonly row: SurvivalRow;
  readonly probability: number;
}

/**
 * How contenders are picked, one for each place (market and regime) at each time:
 * - `survival`: the most likely one, and nobody where it is below what breaks even
 * - `likeliest`: the most likely one, always
 * - `sharpe`: the one with the highest Sharpe on the selection window, as it is done without a model
 * - `random`: any, each as likely as the others: the mean of all
 */
export const PICK_RULES = ['survival', 'likeliest', 'sharpe', 'random'] as const;
export type PickRule = (typeof PICK_RULES)[number];

export interface PickFigures {
  readonly rule: PickRule;
  /** Places that somebody was picked for. */
  readonly picks: number;
  readonly places: number;
  /** Share of them that made money. */
  readonly hitRate: number | null;
  /** Of the two, standard errors: what is picked at one time counts as one. */
  readonly hitRateError: number | null;
  /** Flat stake, a unit of risk on each: mean result of a unit. */
  readonly roi: number | null;
  readonly roiError: number | null;
  /** Half Kelly by the probability, at most 25 % of the capital on each: result over what was staked. */
  readonly kellyRoi: number | null;
  /** Its mean stake, a fraction of the capital. */
  readonly kellyStake: number | null;
  /** Logarithm of what the capital grows to, picks one after the other. */
  readonly kellyGrowth: number | null;
}

/** What a stake on each pick comes to on a test part. `payoff`: of the rows that the model learned from. */
export function pickFigures(judged: readonly JudgedRow[], payoff: Payoff): PickFigures[] {
  const places = [...Map.groupBy(judged, ({ row }) => placeOf(row)).values()];
  return PICK_RULES.map((rule) => {
    const picks = places.flatMap((of) => picksOf(rule, of, payoff));
    return { rule, places: places.length, ...figuresOf(picks, payoff) };
  });
}

interface Pick extends JudgedRow {
  /** Part of a pick that it is. */
  readonly weight: number;
}

function picksOf(rule: PickRule, of: readonly JudgedRow[], payoff: Payoff): Pick[] {
  if (rule === 'random') return of.map((one) => ({ ...one, weight: 1 / of.length }));
  const worthOf = ({ row, probability }: JudgedRow) =>
    rule === 'sharpe' ? (row.figures.sharpe ?? Number.NEGATIVE_INFINITY) : probability;
  const best = of.reduce((first, next) => (worthOf(next) > worthOf(first) ? next : first));
  if (rule === 'survival' && best.probability <= breakEven(payoff)) return [];
  return [{ ...best, weight: 1 }];
}

function figuresOf(picks: readonly Pick[], payoff: Payoff): Omit<PickFigures, 'rule' | 'places'> {
  const count = picks.reduce((sum, { weight }) => sum + weight, 0);
  const hit = meanBy(picks, ({ row }) => (survived(row) ? 1 : 0));
  const roi = meanBy(picks, ({ row }) => resultPerStake(row));
  let staked = 0;
  let won = 0;
  let growth = 0;
  for (const { row, probability, weight } of picks) {
    const stake = halfKellyOf(probability, payoff);
    const result = resultPerStake(row);
    staked += weight * stake;
    won += weight * stake * result;
    growth += weight * Math.log1p(Math.max(-1 + 1e-9, stake * result));
  }
  return {
    picks: Math.round(count),
    hitRate: hit.mean,
    hitRateError: hit.error,
    roi: roi.mean,
    roiError: roi.error,
    kellyRoi: staked > 0 ? won / staked : null,
    kellyStake: count > 0 ? staked / count : null,
    kellyGrowth: count > 0 ? growth : null,
  };
}

/** Mean of a value over picks, and its error: sums of deviations by date, whose picks share their fate. */
function meanBy(picks: readonly Pick[], worthOf: (pick: Pick) => number) {
  const count = picks.reduce((sum, { weight }) => sum + weight, 0);
  if (count === 0) return { mean: null, error: null };
  const mean = picks.reduce((sum, pick) => sum + pick.weight * worthOf(pick), 0) / count;
  const byDate = new Map<number, number>();
  for (const pick of picks) {
    const { decidedAt } = pick.row;
    byDate.set(decidedAt, (byDate.get(decidedAt) ?? 0) + pick.weight * (worthOf(pick) - mean));
  }
  const squares = [...byDate.values()].reduce((sum, deviation) => sum + deviation * deviation, 0);
  return { mean, error: byDate.size < 2 ? null : Math.sqrt(squares) / count };
}
