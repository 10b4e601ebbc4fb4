/** What a profile is drawn from. Rates and drawdowns are fractions. */
export interface ProfileFigures {
  readonly sharpe: number | null;
  readonly maxDrawdown: number | null;
  readonly winRate: number | null;
  /** Null without losing trades. */
  readonly profitFactor: number | null;
  readonly holdoutSharpe: number | null;
}

export interface ProfileAxis {
  readonly name: string;
  /** How the figure becomes 0..1, in words for the legend. */
  readonly scale: string;
  /** 0 (worst) to 1 (best). */
  position(figures: ProfileFigures): number;
}

const SHARPE_TOP = 3;
const DRAWDOWN_BOTTOM = 0.2;
const PROFIT_FACTOR_TOP = 3;

/** The axes of the radar: fixed scales, so that profiles of different regimes, runs and days can be compared. */
export const PROFILE_AXES: readonly ProfileAxis[] = [
  {
    name: 'Sharpe',
    scale: `0 at a Sharpe ratio of 0, 1 from ${SHARPE_TOP}`,
    position: ({ sharpe }) => unit((sharpe ?? 0) / SHARPE_TOP),
  },
  {
    name: 'Drawdown control',
    scale: `1 without drawdown, 0 from ${DRAWDOWN_BOTTOM * 100} % of peak equity`,
    position: ({ maxDrawdown }) => unit(1 - (maxDrawdown ?? DRAWDOWN_BOTTOM) / DRAWDOWN_BOTTOM),
  },
  {
    name: 'Win rate',
    scale: 'the share itself: 0.5 is every second trade',
    position: ({ winRate }) => unit(winRate ?? 0),
  },
  {
    name: 'Profit factor',
    scale: `0 at 1 (breaks even), 1 from ${PROFIT_FACTOR_TOP} or without a losing trade`,
    position: ({ profitFactor }) =>
      profitFactor === null ? 1 : unit((profitFactor - 1) / (PROFIT_FACTOR_TOP - 1)),
  },
  {
    name: 'Stability',
    scale: 'holdout Sharpe as a share of the selection Sharpe: 1 means nothing was lost on unseen bars',
    position: ({ sharpe, holdoutSharpe }) =>
      sharpe !== null && sharpe > 0 ? unit((holdoutSharpe ?? 0) / sharpe) : 0,
  },
];

function unit(share: number): number {
  return Number.isNaN(share) ? 0 : Math.min(1, Math.max(0, share));
}
