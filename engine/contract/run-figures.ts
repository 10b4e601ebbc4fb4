import type { RunDto } from './dto/index.ts';

/** A figure of a run's best strategy over all bars of the selection window, beside its Sharpe ratio. */
export interface RunFigure {
  /** In CSV and in the database. */
  readonly name: string;
  /** Null where it is not defined. */
  of(run: RunDto): number | null;
}

/**
 * What the history lists, sorts by and exports of each run, in this order. A further one takes a migration: the column
 * `best_<name>` of the table of runs, its places in the index `runs_figures`, in the triggers that fill it and in the one that notes changes.
 */
export const RUN_FIGURES = {
  sharpeError: { name: 'sharpe_error', of: (run) => run.sharpeError },
  maxDrawdown: { name: 'max_drawdown', of: (run) => run.maxDrawdown },
  winRate: { name: 'win_rate', of: (run) => run.winRate },
  trades: { name: 'trades', of: (run) => run.trades },
  profitFactor: { name: 'profit_factor', of: (run) => run.profitFactor },
  expectancy: { name: 'expectancy', of: (run) => run.expectancy },
  totalReturn: { name: 'total_return', of: (run) => run.totalReturn },
  composite: { name: 'composite', of: (run) => run.composite },
  roi: { name: 'roi', of: (run) => run.stake?.roi ?? null },
  averageWin: { name: 'average_win', of: (run) => run.stake?.averageWin ?? null },
  averageLoss: { name: 'average_loss', of: (run) => run.stake?.averageLoss ?? null },
  kelly: { name: 'kelly', of: (run) => run.stake?.kelly?.fraction ?? null },
  longestLosingStreak: {
    name: 'longest_losing_streak',
    of: (run) => run.stake?.longestLosingStreak ?? null,
  },
} as const satisfies Readonly<Record<string, RunFigure>>;

export type RunFigureKey = keyof typeof RUN_FIGURES;

export const RUN_FIGURE_KEYS = Object.keys(RUN_FIGURES) as readonly RunFigureKey[];
