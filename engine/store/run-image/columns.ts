import { RUN_FIGURES } from '../../contract/run-figures.ts';

/** Columns of numbers that an image of the runs has, each with the index that has it alone. */
export const FIGURE_INDEXES: Readonly<Record<string, string>> = {
  best_sharpe: 'runs_by_sharpe',
  created_at: 'runs_by_created',
  rank_ic: 'runs_by_rank_ic',
  ...Object.fromEntries(Object.values(RUN_FIGURES).map(({ name }) => [`best_${name}`, `runs_by_${name}`])),
};

export const FIGURES: readonly string[] = Object.keys(FIGURE_INDEXES);

export const isFigure = (column: string) => Object.hasOwn(FIGURE_INDEXES, column);
