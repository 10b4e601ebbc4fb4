import { EngineError } from '../contract/errors.ts';

/** Rows `from`..`to` - 1. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

export interface PurgedSplit {
  /** The folds that are tested, ascending. */
  readonly testFolds: readonly number[];
  readonly test: readonly RowRange[];
  /** What is left after purge and embargo, neighbors joined. */
  readonly train: readonly RowRange[];
}

export interface PurgedCombinations {
  /** Lexicographic by their test folds: C(folds, testFolds). */
  readonly splits: readonly PurgedSplit[];
  /** Each path tests every fold once: the split that tests fold f on path p is paths[p][f]. C(folds - 1, testFolds - 1). */
  readonly paths: readonly (readonly number[])[];
}

export interface PurgedCombinationOptions {
  readonly rows: number;
  readonly folds: number;
  /** Folds of a split that are tested, 1..folds - 1. */
  readonly testFolds: number;
  /** Rows left out of training on both sides of a tested stretch, where labels overlap it. */
  readonly purge?: number;
  /** Further rows left out behind a tested stretch, where features may remember it. */
  readonly embargo?: number;
}

/**
 * Combinatorial purged cross-validation: rows in the order of time cut into folds, as equal as they come, of which every
 * combination of `testFolds` is tested once.
 * Source: López de Prado, Advances in Financial Machine Learning (2018), sections 7.4 and 12.4.
 *
 * @throws EngineError `internal` for a number of folds that does not fit
 */
export function purgedCombinations(options: PurgedCombinationOptions): PurgedCombinations {
  const { rows, folds, testFolds, purge = 0, embargo = 0 } = options;
  if (!(folds >= 2 && folds <= rows && testFolds >= 1 && testFolds < folds)) {
    throw new EngineError(
      'internal',
      `Expected 2 to ${rows} folds of ${rows} rows and fewer tested ones, found ${folds} and ${testFolds}.`,
    );
  }
  const border = (fold: number) => Math.floor((fold * rows) / folds);
  const splits = combinations(folds, testFolds).map((tested): PurgedSplit => {
    const test = joined(tested.map((fold) => ({ from: border(fold), to: border(fold + 1) })));
    const train: RowRange[] = [];
    let from = 0;
    for (const range of [...test, { from: rows + purge, to: rows }]) {
      const to = range.from - purge;
      if (to > from) train.push({ from, to });
      from = range.to + purge + embargo;
    }
    return { testFolds: tested, test, train };
  });
  const testing = Array.from({ length: folds }, (_, fold) =>
    splits.flatMap((split, index) => (split.testFolds.includes(fold) ? [index] : [])),
  );
  const paths = testing[0]!.map((_, path) => testing.map((ofFold) => ofFold[path]!));
  return { splits, paths };
}

/** All ascending choices of `size` numbers below `count`, lexicographic. */
function combinations(count: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  const result: number[][] = [];
  for (let first = from; first <= count - size; first++) {
    for (const rest of combinations(count, size - 1, first + 1)) result.push([first, ...rest]);
  }
  return result;
}

/** Ascending ranges with those joined that touch. */
function joined(ranges: readonly RowRange[]): RowRange[] {
  const result: RowRange[] = [];
  for (const range of ranges) {
    const last = result.at(-1);
    if (last?.to === range.from) result[result.length - 1] = { from: last.from, to: range.to };
    else result.push(range);
  }
  return result;
}
