/** Where arrays of a calculation come from. They are not zero. */
export interface Scratch {
  floats(length: number): Float64Array;
  words(length: number): Uint32Array;
}

/** Arrays that are used again after each `reset`: what was handed out before is then no longer anyone's. */
export interface ReusedScratch extends Scratch {
  reset(): void;
}

/** Arrays that stay. */
export const NEW_ARRAYS: Scratch = {
  floats: (length) => new Float64Array(length),
  words: (length) => new Uint32Array(length),
};

const FIRST_CAPACITY = 4096;

export function createScratch(): ReusedScratch {
  const floats = createPool((length) => new Float64Array(length));
  const words = createPool((length) => new Uint32Array(length));
  return {
    floats: floats.take,
    words: words.take,
    reset() {
      floats.reset();
      words.reset();
    },
  };
}

interface Pooled<T> {
  readonly length: number;
  subarray(from: number, to: number): T;
}

function createPool<T extends Pooled<T>>(create: (length: number) => T) {
  let pool = create(FIRST_CAPACITY);
  let taken = 0;
  return {
    take(length: number): T {
      // What was taken of a smaller pool stays with whoever has it.
      if (taken + length > pool.length) {
        pool = create(Math.max(2 * pool.length, length));
        taken = 0;
      }
      taken += length;
      return pool.subarray(taken - length, taken);
    },
    reset() {
      taken = 0;
    },
  };
}
