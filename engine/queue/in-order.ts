/**
 * Takes results in any order and hands them on in ascending order of their index, each exactly once.
 * `indices` are the ones that will come, ascending.
 */
export interface InOrder<T> {
  add(result: T): void;
  /** Results that wait for an earlier one. */
  readonly waiting: number;
  /** How many were handed on. */
  readonly delivered: number;
}

export function createInOrder<T extends { readonly index: number }>(
  indices: readonly number[],
  deliver: (result: T) => void,
): InOrder<T> {
  const early = new Map<number, T>();
  let next = 0;
  return {
    add(result) {
      early.set(result.index, result);
      for (let index = indices[next]; index !== undefined; index = indices[next]) {
        const due = early.get(index);
        if (due === undefined) return;
        // Until `deliver` has returned, the result stays due: nothing behind it may overtake one that failed.
        deliver(due);
        early.delete(index);
        next++;
      }
    },
    get waiting() {
      return early.size;
    },
    get delivered() {
      return next;
    },
  };
}
