import type { Configuration } from '../../contract/configuration.ts';
import { createPrng } from '../../random/prng.ts';
import { type Cell, type CellOutcome, type CellSource, createCellAccount } from '../cell-source.ts';

/** Folds of each trial. */
const FOLDS = 2;
/** A trial knows the trials up to so many before it. */
const LAG = 3;
const DAY_MS = 86_400_000;

/**
 * A source that learns, for tests of the port: a search of the horizon with the best `score`, by steps from the best trial
 * it knows. Each trial is a group of two cells as of two dates. It ends early once a trial is good enough.
 */
export function createClimbingSource(
  base: Configuration,
  options: { readonly trials: number; readonly seed: number; readonly enough: number },
): CellSource {
  const account = createCellAccount();
  const horizons: number[] = [];
  const scores: number[][] = [];
  let end = options.trials;

  const isTold = (trial: number) => trial < 0 || scores[trial]?.length === FOLDS;
  const scoreOf = (trial: number) => scores[trial]!.reduce((sum, score) => sum + score, 0) / FOLDS;

  /** By the trials that every order of telling has told by then, and no others. */
  function horizonOf(trial: number): number {
    const random = createPrng(options.seed + trial);
    const known = Array.from({ length: Math.max(0, trial - LAG + 1) }, (_, i) => i);
    if (known.length === 0) return 1 + random.int(50);
    const best = known.reduce((a, b) => (scoreOf(b) > scoreOf(a) ? b : a));
    return Math.max(1, horizons[best]! + random.int(9) - 4);
  }

  /** The first trial that is good enough is the last but those that must not know of it. */
  function settleEnd(): void {
    for (let trial = 0; trial + LAG < end && isTold(trial); trial++) {
      if (scoreOf(trial) >= options.enough) end = trial + LAG;
    }
  }

  function next(): Cell | undefined {
    const index = account.given;
    const trial = Math.floor(index / FOLDS);
    const fold = index % FOLDS;
    for (let before = 0; before <= trial - LAG; before++) if (!isTold(before)) return undefined;
    if (trial >= end) return undefined;
    horizons[trial] ??= horizonOf(trial);
    account.give(1);
    const configuration = { ...base, horizon: horizons[trial] };
    return { index, configuration, asOf: (1 + fold) * DAY_MS, group: trial };
  }

  return {
    ask(count) {
      const cells: Cell[] = [];
      while (cells.length < count) {
        const cell = next();
        if (cell === undefined) break;
        cells.push(cell);
      }
      return cells;
    },
    tell({ index, figures }: CellOutcome) {
      account.tell(index);
      const trial = Math.floor(index / FOLDS);
      const own = scores[trial] ?? [];
      own.push(figures.score ?? Number.NEGATIVE_INFINITY);
      scores[trial] = own;
      settleEnd();
    },
    estimate() {
      const complete = scores.filter((own) => own?.length === FOLDS).length;
      return {
        cells: { total: end * FOLDS, remaining: end * FOLDS - account.told },
        groups: { total: end, remaining: end - complete },
      };
    },
  };
}
