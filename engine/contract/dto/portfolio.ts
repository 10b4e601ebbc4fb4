import type { Timeframe } from '../timeframe.ts';

/** One that trades: a champion alone in its regime, or a version in production in the test windows of its gate. */
export interface PortfolioMemberDto {
  readonly kind: 'champion' | 'version';
  /** As it is asked for: `EURUSD/H1/bull_trending`, or the version's name. */
  readonly name: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly regime: string | null;
  /** Market days that it was looked at on, ISO dates, and how many. */
  readonly from: string;
  readonly to: string;
  readonly days: number;
  /** Of a champion. */
  readonly trades: number | null;
  /** Net, after costs, without leverage; drawdown at the ends of days. Fractions. */
  readonly totalReturn: number;
  readonly maxDrawdown: number;
}

/** Daily steps of equity that begins with 1, all on the same days. */
export interface PortfolioCurveDto {
  /** ISO dates. */
  readonly days: readonly string[];
  readonly together: readonly number[];
  readonly buyAndHold: readonly number[];
}

export interface PortfolioMarketDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Regimes that have a champion. */
  readonly regimes: readonly string[];
  readonly trades: number;
  readonly totalReturn: number;
  readonly maxDrawdown: number;
  readonly buyAndHold: number;
}

/** In positions: one that is long of its base is 1 of that currency and -1 of its quote. */
export interface CurrencyExposureDto {
  readonly currency: string;
  readonly mean: number;
  readonly meanSize: number;
  readonly most: number;
  readonly mostAt: string;
  /** Share of the time above the cap. */
  readonly overCap: number;
}

/** All that speak, as if they traded at once. */
export interface PortfolioDto {
  readonly window: 'selection' | 'holdout';
  readonly members: readonly PortfolioMemberDto[];
  /** Of daily results, [member][member]; null where they have fewer than 20 days in common or one does not vary. */
  readonly correlations: readonly (readonly (number | null)[])[];
  /** Each market trades with one position, its champions relieving each other by regime. */
  readonly markets: readonly PortfolioMarketDto[];
  /** All markets, the same share of capital each, restored daily; null where nobody could be followed. */
  readonly curve: PortfolioCurveDto | null;
  readonly totalReturn: number | null;
  /** Of all together, and the mean of the markets' own: what they spare each other. */
  readonly jointDrawdown: number | null;
  readonly meanDrawdown: number | null;
  /** Mean of the markets, held throughout without costs. Being flat is 0. */
  readonly buyAndHold: number | null;
  /** Positions of one currency above which its exposure is pointed out. */
  readonly cap: number;
  readonly exposures: readonly CurrencyExposureDto[];
  /** Who is left out, and why. */
  readonly notes: readonly string[];
}
