import { METRICS } from '../backtest/metrics.ts';

/**
 * What is known of a contender, its run's best strategy in a regime, when its selection window closes. First `METRICS` of the selection
 * window, alone in the regime; then:
 * - confidence: mean confidence of its signals there
 * - familyWiseP: (1 + #{b: M_b >= S}) / 501, M_b over all strategies that were tried in the scope at that time
 * - neighbors: median Sharpe of the strategies one step away, over its own; those without a Sharpe count as 0
 * - tResult: sum(y) / sqrt(sum(y^2)) over its net trade results y
 * - tDoubled: the same, each trade charged its costs and swaps once more
 * - tWithoutBest: the same without the best 5 % of its trades, rounded up
 *
 * and of the market on the bars of that window:
 * - volatility: standard deviation of the bars' log returns, a year
 * - volatilityChange: ln of the same over the window's last quarter, over the whole
 * - trend: ln(last close / first close) / (standard deviation of the bars' log returns * sqrt(bars))
 * - regimeShare: share of the bars that are of the regime
 * - spread: mean cost of a round trip, over the standard deviation of the bars' log returns
 *
 * NaN where a figure is not defined.
 */
export const CONTENDER_FIGURES = [
  ...METRICS,
  'confidence',
  'familyWiseP',
  'neighbors',
  'tResult',
  'tDoubled',
  'tWithoutBest',
  'volatility',
  'volatilityChange',
  'trend',
  'regimeShare',
  'spread',
] as const;
export type ContenderFigure = (typeof CONTENDER_FIGURES)[number];

export const FIGURE_INDEX = Object.fromEntries(
  CONTENDER_FIGURES.map((name, index) => [name, index]),
) as Readonly<Record<ContenderFigure, number>>;

/** By name, as they are kept; `familyWiseP` in place of the one among them, which is not known to who tries one configuration. */
export function figuresByName(
  figures: Float64Array,
  familyWiseP: number | undefined,
): Record<ContenderFigure, number | null> {
  const named = CONTENDER_FIGURES.map((name, i) => {
    const value = name === 'familyWiseP' ? (familyWiseP ?? Number.NaN) : figures[i]!;
    return [name, Number.isFinite(value) ? value : null] as const;
  });
  return Object.fromEntries(named) as Record<ContenderFigure, number | null>;
}

/** Where a strategy may contend. */
export interface ContenderRules {
  /** That it must have made in the regime. */
  readonly minTrades: number;
}

/** A strategy of a context, by its position there, and the regime that it is alone in. */
export interface ChosenStrategy {
  readonly regime: string;
  readonly strategyIndex: number;
}

/** What is known of a contender; the family-wise p is not, it takes what others tried. */
export interface CellContender extends ChosenStrategy {
  /** CONTENDER_FIGURES. */
  readonly figures: Float64Array;
}

/** What followed in the test window, alone in the regime. */
export interface ContenderOutcome {
  readonly trades: number;
  /** Sum of its trades' net results, log return. */
  readonly net: number;
  /** Sum of their stakes, as fractions of the price. */
  readonly staked: number;
}
