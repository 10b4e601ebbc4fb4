import { RUN_FIGURES } from '../../contract/run-figures.ts';

/** Columns of numbers that an image of the runs has. */
export const FIGURES: readonly string[] = [
  'best_sharpe',
  'created_at',
  'rank_ic',
  ...Object.values(RUN_FIGURES).map(({ name }) => `best_${name}`),
];

const NAMES: ReadonlySet<string> = new Set(FIGURES);
export const isFigure = (column: string) => NAMES.has(column);
