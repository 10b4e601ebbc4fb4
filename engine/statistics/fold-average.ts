/** A figure of one fold with its standard error. */
export interface FoldFigure {
  readonly value: number;
  readonly error: number;
}

export interface FoldAverage extends FoldFigure {
  /** Folds that have the figure. */
  readonly folds: number;
}

/**
 * Mean of a figure over folds; its error is the root of the folds' summed squared errors, over their number, as of
 * independent folds. A fold without the figure (null: one class only, no trade) is left out. Null where none has it.
 */
export function averageOverFolds(figures: readonly (FoldFigure | null)[]): FoldAverage | null {
  const known = figures.filter((figure) => figure !== null);
  const folds = known.length;
  if (folds === 0) return null;
  let sum = 0;
  let squares = 0;
  for (const { value, error } of known) {
    sum += value;
    squares += error * error;
  }
  return { value: sum / folds, error: Math.sqrt(squares) / folds, folds };
}
