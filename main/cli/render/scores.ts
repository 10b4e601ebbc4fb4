import type { ScoreDto, StrategyDto } from '../../../engine/contract/dto/index.ts';
import { decimal, integer } from './format.ts';

/** Figures of one window; the tables that show them name the window above. */
export const SCORE_HEAD = ['Sharpe', 'DD%', 'Win%', 'Trades'];

export function scoreCells({ sharpe, maxDrawdown, winRate, trades }: ScoreDto): string[] {
  return [decimal(sharpe), decimal(100 * maxDrawdown, 1), decimal(100 * winRate, 0), integer(trades)];
}

/** Titles above the figures of both windows, behind `columns` others; `more` are further figures of the selection window. */
export function scoreGroups(columns: number, more: readonly string[] = []) {
  return [
    { title: '', columns },
    { title: 'selection window', columns: SCORE_HEAD.length + more.length },
    { title: 'holdout', columns: SCORE_HEAD.length },
  ];
}

/** `recursive weighted c0.6 W100`: prediction and ensemble method, least confidence, lookback window in bars. */
export function strategyText(strategy: StrategyDto): string {
  const { predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow } = strategy;
  return `${predictionMethod} ${ensembleMethod} c${confidenceThreshold} W${lookbackWindow}`;
}
