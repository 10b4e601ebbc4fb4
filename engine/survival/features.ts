import { timeframeMs } from '../contract/timeframe.ts';
import type { FeatureMatrix } from '../features/matrix.ts';
import type { KnownContender } from './rows.ts';

/** Ratios count as at most so much: with few trades they have no bounds. */
const MOST = 20;

type Feature = (contender: KnownContender) => number;

const figure =
  (name: keyof KnownContender['figures'], most = MOST): Feature =>
  ({ figures }) =>
    bounded(figures[name], most);

const bounded = (value: number | null | undefined, most: number) =>
  value === null || value === undefined || Number.isNaN(value) ? 0 : Math.max(-most, Math.min(most, value));

/** What a model of what survives looks at, all of it known when the selection window closes. Figures that are not defined count as 0. */
const NUMBERS: Readonly<Record<string, Feature>> = {
  sharpe: figure('sharpe'),
  sharpe_error: figure('sharpeError'),
  roi: figure('roi'),
  total_return: figure('totalReturn'),
  max_drawdown: figure('maxDrawdown'),
  win_rate: figure('winRate'),
  // A profit factor without a loss is none; what it stands for is a high one.
  log_profit_factor: ({ figures }) =>
    figures.profitFactor == null ? 3 : Math.max(-3, Math.min(3, Math.log(figures.profitFactor))),
  log_trades: ({ figures }) => Math.log1p(figures.trades ?? 0),
  exposure: figure('exposure'),
  losing_streak: figure('longestLosingStreak', 1000),
  composite: figure('composite'),
  confidence: figure('confidence'),
  family_wise_p: ({ figures }) => figures.familyWiseP ?? 1,
  robust_neighbors: figure('neighbors', 3),
  t_result: figure('tResult'),
  robust_costs: figure('tDoubled'),
  robust_without_best: figure('tWithoutBest'),
  volatility: figure('volatility'),
  volatility_change: figure('volatilityChange'),
  trend: figure('trend'),
  trend_strength: ({ figures }) => Math.abs(bounded(figures.trend, MOST)),
  regime_share: figure('regimeShare'),
  spread: figure('spread'),
  log_horizon: ({ horizon }) => Math.log(horizon),
  log_days_history: ({ daysHistory }) => Math.log(daysHistory),
  log_timeframe: ({ timeframe }) => Math.log(timeframeMs(timeframe) / 60_000),
  threshold: ({ strategy }) => strategy.confidenceThreshold,
  log_lookback: ({ strategy }) => Math.log(strategy.lookbackWindow),
};

/** By name, `model:ridge` and `target:return`: 1 or 0. */
function namesOf({ modelType, target }: KnownContender): string[] {
  return [`model:${modelType}`, `target:${target.split(':')[0]}`];
}

/** Names of the features of rows: each number, and each model type and target that some of them have and others do not. */
export function featureNames(rows: readonly KnownContender[]): string[] {
  const count = new Map<string, number>();
  for (const row of rows) for (const name of namesOf(row)) count.set(name, (count.get(name) ?? 0) + 1);
  const telling = [...count].filter(([, of]) => of < rows.length).map(([name]) => name);
  return [...Object.keys(NUMBERS), ...telling.sort()];
}

/** The features of these names, one column each. */
export function featureMatrix(names: readonly string[], rows: readonly KnownContender[]): FeatureMatrix {
  return {
    names,
    columns: names.map((name) => {
      const number = NUMBERS[name];
      return Float64Array.from(rows, (row) =>
        number === undefined ? Number(namesOf(row).includes(name)) : number(row),
      );
    }),
    rows: rows.length,
    firstValid: 0,
    fitEnd: rows.length,
  };
}
