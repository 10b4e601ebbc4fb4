/** Positions of a batch's cells that are still to be handed out, in order; some come back. */
export interface Positions {
  /** How many are handed out or done. */
  readonly taken: number;
  /** How many are not handed out. */
  readonly left: number;
  readonly isUsedUp: boolean;
  allow(limit: number): void;
  /** The next, at most so many; none where the limit is reached. */
  take(most: number): number[];
  giveBack(positions: readonly number[]): void;
}

export function openPositions(size: number, first: number): Positions {
  let limit = first;
  let next = 0;
  /** Ascending. */
  let returned: number[] = [];
  return {
    get taken() {
      return next - returned.length;
    },
    get left() {
      return size - next + returned.length;
    },
    get isUsedUp() {
      return next >= size && returned.length === 0;
    },
    allow(to) {
      limit = Math.max(limit, to);
    },
    take(most) {
      const taken = returned.splice(0, most);
      while (taken.length < most && next < Math.min(limit, size)) taken.push(next++);
      return taken;
    },
    giveBack(positions) {
      returned = [...returned, ...positions].sort((a, b) => a - b);
    },
  };
}
