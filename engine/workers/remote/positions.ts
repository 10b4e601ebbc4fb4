import { type BatchControl, takeCellNow, takenCells } from '../control.ts';

/** Positions of a batch's cells that are still to be handed out, in order; some come back. */
export interface Positions {
  /** How many are handed out or done. */
  readonly taken: number;
  /** How many are not. */
  readonly left: number;
  readonly hasReturned: boolean;
  /** The next, at most so many; none where the limit is reached or the batch is stopped. */
  take(most: number): number[];
  /** Those that came back, all of them. */
  takeReturned(): number[];
  giveBack(positions: readonly number[]): void;
}

/** `control`: threads of this process may take cells by it, too; what comes back they don't get. */
export function openPositions(size: number, control: BatchControl): Positions {
  /** Ascending. */
  const returned: number[] = [];
  const taken = () => Math.min(takenCells(control), size) - returned.length;
  return {
    get taken() {
      return taken();
    },
    get left() {
      return size - taken();
    },
    get hasReturned() {
      return returned.length > 0;
    },
    take(most) {
      const next = returned.splice(0, most);
      while (next.length < most) {
        const position = takeCellNow(control, size);
        if (position === undefined) break;
        next.push(position);
      }
      return next;
    },
    takeReturned: () => returned.splice(0),
    giveBack(positions) {
      returned.push(...positions);
      returned.sort((a, b) => a - b);
    },
  };
}
