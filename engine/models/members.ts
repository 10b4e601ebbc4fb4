import { EngineError } from '../contract/errors.ts';
import type { RowRange } from './model.ts';

/** Fewer rows than this are no basis for a model. */
export const MIN_TRAINING_ROWS = 30;

/** Which rows of the training window one member learns from, and which it is tested on. */
export interface MemberSplit {
  /** Ascending, disjoint, not empty. */
  readonly train: readonly RowRange[];
  readonly leftOut: RowRange;
}

/** Whether `memberSplits` can cut a window so: a million of them are asked about at once. */
export function canSplit({ from, to }: RowRange, members: number, horizon: number): boolean {
  const rows = Math.max(0, to - from);
  for (let k = 0; k < members; k++) {
    const begin = Math.floor((k * rows) / members);
    const end = Math.floor(((k + 1) * rows) / members);
    const left = Math.max(0, begin - horizon) + Math.max(0, rows - end - horizon);
    if (left < MIN_TRAINING_ROWS || begin === end) return false;
  }
  return members >= 2;
}

/**
 * Cuts the training window into `members` contiguous blocks of (almost) equal length; member k leaves out block k and
 * `horizon` rows on both sides of it. The label of row t is made of the bars t+1 .. t+1+horizon, so rows less than
 * `horizon` apart share bars: without the purge, a member would have seen part of what it is tested on.
 * @throws EngineError `invalid-input` for fewer than 2 members; `grid-invalid` if the window is too short.
 */
export function memberSplits(window: RowRange, members: number, horizon: number): MemberSplit[] {
  if (!Number.isInteger(members) || members < 2) {
    throw new EngineError(
      'invalid-input',
      `training.members must be a whole number of at least 2, found ${members}: each member is tested on a block that ` +
        'only the others learn from.',
    );
  }
  const rows = Math.max(0, window.to - window.from);
  return Array.from({ length: members }, (_, k) => {
    const leftOut = {
      from: window.from + Math.floor((k * rows) / members),
      to: window.from + Math.floor(((k + 1) * rows) / members),
    };
    const train = [
      { from: window.from, to: leftOut.from - horizon },
      { from: leftOut.to + horizon, to: window.to },
    ].filter((range) => range.to > range.from);
    const left = train.reduce((sum, range) => sum + range.to - range.from, 0);
    if (left < MIN_TRAINING_ROWS || leftOut.to === leftOut.from) {
      throw new EngineError(
        'grid-invalid',
        `The training window is too short: of its ${rows} bars, member ${k + 1} of ${members} has ${left} left to learn ` +
          `from at horizon ${horizon}, and needs at least ${MIN_TRAINING_ROWS}. Use more days of history, a shorter ` +
          'horizon or a shorter timeframe.',
        { rows, members, horizon, left },
      );
    }
    return { train, leftOut };
  });
}
