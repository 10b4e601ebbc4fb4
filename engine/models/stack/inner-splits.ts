import { type MemberSplit, MIN_TRAINING_ROWS } from '../members.ts';
import type { RowRange } from '../model.ts';

/**
 * Cuts the rows that a member learns from into about `folds` blocks of one length, and says for each of them which of the other rows it may
 * be forecast from: those whose labels share no bar with the block's (`purge` rows on both sides of it are left out). No block reaches over
 * a gap in the rows: what lies there is what the member itself is tested on.
 *
 * @returns nothing where some block would be forecast from fewer rows than a model needs
 */
export function innerSplits(rows: readonly RowRange[], folds: number, purge: number): MemberSplit[] {
  const total = rows.reduce((sum, { from, to }) => sum + to - from, 0);
  const blocks = rows.flatMap(({ from, to }) => {
    const length = to - from;
    const count = Math.max(1, Math.round((length / total) * folds));
    return Array.from({ length: count }, (_, k) => ({
      from: from + Math.floor((k * length) / count),
      to: from + Math.floor(((k + 1) * length) / count),
    }));
  });
  const splits = blocks.map((block): MemberSplit => ({ train: without(rows, block, purge), leftOut: block }));
  const canLearn = ({ train, leftOut }: MemberSplit) =>
    leftOut.to > leftOut.from && train.reduce((sum, { from, to }) => sum + to - from, 0) >= MIN_TRAINING_ROWS;
  return splits.length > 1 && splits.every(canLearn) ? splits : [];
}

function without(rows: readonly RowRange[], block: RowRange, purge: number): RowRange[] {
  return rows
    .flatMap(({ from, to }) => [
      { from, to: Math.min(to, block.from - purge) },
      { from: Math.max(from, block.to + purge), to },
    ])
    .filter(({ from, to }) => to > from);
}
