import type { MetricName } from '../backtest/metrics.ts';
import type { MetricsDto, ScoreDto, ScorePartsDto, StakeDto } from '../contract/dto/index.ts';
import { finite } from '../store/figure-columns.ts';
import type { EvaluatedColumns } from '../store/schema.ts';

/** Most of the capital that a Kelly fraction may advise to stake. */
const KELLY_CAP = 0.25;

/** Reads a figure by its metric; one that is not a finite number is not defined. */
export type Read = (metric: MetricName) => number;

export function scoreOf(read: Read): ScoreDto {
  return {
    sharpe: finite(read('sharpe')),
    sharpeError: finite(read('sharpeError')),
    maxDrawdown: finite(read('maxDrawdown')),
    winRate: finite(read('winRate')),
    profitFactor: finite(read('profitFactor')),
    trades: read('trades'),
    composite: finite(read('composite')),
  };
}

export function metricsOf(read: Read): MetricsDto {
  return {
    ...scoreOf(read),
    sortino: finite(read('sortino')),
    calmar: finite(read('calmar')),
    expectancy: finite(read('expectancy')),
    totalReturn: finite(read('totalReturn')),
    exposure: finite(read('exposure')),
    longestLosingStreak: finite(read('longestLosingStreak')),
  };
}

export function selectionScore(row: EvaluatedColumns): ScoreDto {
  return {
    sharpe: row.sharpe,
    sharpeError: row.sharpe_error,
    maxDrawdown: row.max_drawdown,
    winRate: row.win_rate,
    profitFactor: row.profit_factor,
    trades: row.trades,
    composite: row.composite,
  };
}

export function holdoutScore(row: EvaluatedColumns): ScoreDto {
  return {
    sharpe: row.holdout_sharpe,
    sharpeError: row.holdout_sharpe_error,
    maxDrawdown: row.holdout_max_drawdown,
    winRate: row.holdout_win_rate,
    profitFactor: row.holdout_profit_factor,
    trades: row.holdout_trades,
    composite: row.holdout_composite,
  };
}

export function stakeOf(row: EvaluatedColumns): StakeDto {
  const { kelly, kelly_error: error } = row;
  return {
    roi: row.roi,
    hitRate: row.win_rate,
    hitRateTp1: null,
    averageWin: row.average_win,
    averageLoss: row.average_loss,
    profitFactor: row.profit_factor,
    kelly:
      kelly === null || error === null
        ? null
        : { fraction: kelly, error, halved: Math.min(KELLY_CAP, Math.max(0, kelly / 2)) },
    longestLosingStreak: row.longest_losing_streak,
  };
}

export function scorePartsOf(row: EvaluatedColumns): ScorePartsDto {
  return {
    result: row.score_result,
    stake: row.score_stake,
    profit: row.score_profit,
    wins: row.score_wins,
    runUp: row.score_run_up,
  };
}
