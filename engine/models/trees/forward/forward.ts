import { instantiate } from '../../../wasm/instance.ts';
import { type Memory, viewMemory } from '../kernel/memory.ts';
import { type ForwardPlan, MASK_BYTES } from './plan.ts';
import { FORWARD_WASM } from './wasm.ts';

/** Rows that all trees pass over together: as many as a mask has bits. */
export const BLOCK_ROWS = 8 * MASK_BYTES;
/** Blocks whose values are in memory together. */
const CHUNK_BLOCKS = 32;
/** Leaf numbers of a block: low bytes, then high bytes. */
const NUMBER_BYTES = 2 * BLOCK_ROWS;

/** Functions of forward.as. Every argument that names data is a byte address in their memory. */
interface ForwardFunctions {
  /**
   * Writes the conditions of one feature for 128 rows (float64, compared as float32): condition c, the mask of rows that are
   * not below cut c, stands at out + 16 (c + 1). `scratch` takes a float32 per row. Returns 1 if there was a NaN.
   */
  split(values: number, cuts: number, cutCount: number, scratch: number, out: number): number;

  /** Adds the leaf of each tree to the float64 at `out` of each row; see `ForwardPlan`. */
  sumTrees(
    program: number,
    trees: number,
    leafValues: number,
    conditions: number,
    masks: number,
    numbers: number,
    rows: number,
    out: number,
  ): void;
}

/** A plan and where it stands in the functions' memory. */
interface PlacedPlan {
  readonly plan: ForwardPlan;
  readonly program: number;
  readonly leafValues: number;
  readonly cuts: readonly number[];
  readonly conditions: number;
  readonly masks: number;
  readonly numbers: number;
  readonly scratch: number;
  /** Per used feature, the values of a chunk. */
  readonly columns: number;
  readonly sums: number;
  readonly memory: Memory;
}

/**
 * Sums trees for many rows. For each cut it finds the rows that are not below it, 128 bits; a split then parts a mask of
 * rows by one AND, whatever the tree's shape, and what is left per row and tree is to look its leaf's value up.
 */
export class Forward {
  readonly #functions: ForwardFunctions;
  readonly #reserve: (bytes: number) => Memory;
  #placed: PlacedPlan | undefined;

  private constructor(functions: ForwardFunctions, reserve: (bytes: number) => Memory) {
    this.#functions = functions;
    this.#reserve = reserve;
  }

  /** Undefined where WebAssembly SIMD is not supported. */
  static create(): Forward | undefined {
    const instance = instantiate(FORWARD_WASM);
    if (instance === undefined) return undefined;
    const functions = instance.exports as unknown as ForwardFunctions;
    return new Forward(functions, (bytes) => viewMemory(instance.reserve(bytes)));
  }

  /**
   * Adds the leaves of rows [from, from + count) to out[0 .. count), tree after tree.
   *
   * @returns how many rows were done: fewer than `count` where in one of the next 4,096 a feature is missing
   */
  sumTrees(
    plan: ForwardPlan,
    columns: readonly Float64Array[],
    from: number,
    count: number,
    out: Float64Array,
  ): number {
    // A model that forecasts recursively is asked a dozen times in a row.
    if (this.#placed?.plan !== plan) this.#placed = placePlan(plan, this.#reserve);
    const chunk = CHUNK_BLOCKS * BLOCK_ROWS;
    for (let start = 0; start < count; start += chunk) {
      const rows = Math.min(chunk, count - start);
      if (!this.#sumChunk(this.#placed, columns, from + start, out.subarray(start, start + rows)))
        return start;
    }
    return count;
  }

  #sumChunk(placed: PlacedPlan, columns: readonly Float64Array[], from: number, out: Float64Array): boolean {
    const { used, cutCounts, conditionsAt, trees } = placed.plan;
    const { f64 } = placed.memory;
    const stride = Math.ceil(out.length / BLOCK_ROWS) * BLOCK_ROWS;
    for (let slot = 0; slot < used.length; slot++) {
      const at = (placed.columns >> 3) + slot * stride;
      f64.set(columns[used[slot]].subarray(from, from + out.length), at);
      f64.fill(0, at + out.length, at + stride);
    }
    f64.set(out, placed.sums >> 3);
    for (let start = 0; start < out.length; start += BLOCK_ROWS) {
      for (let slot = 0; slot < used.length; slot++) {
        const missing = this.#functions.split(
          placed.columns + 8 * (slot * stride + start),
          placed.cuts[slot],
          cutCounts[slot],
          placed.scratch,
          placed.conditions + conditionsAt[slot],
        );
        if (missing === 1) return false;
      }
      this.#functions.sumTrees(
        placed.program,
        trees,
        placed.leafValues,
        placed.conditions,
        placed.masks,
        placed.numbers,
        Math.min(BLOCK_ROWS, out.length - start),
        placed.sums + 8 * start,
      );
    }
    out.set(f64.subarray(placed.sums >> 3, (placed.sums >> 3) + out.length));
    return true;
  }
}

function placePlan(plan: ForwardPlan, reserve: (bytes: number) => Memory): PlacedPlan {
  let end = 0;
  const place = (bytes: number): number => {
    const at = end;
    end += (bytes + 15) & ~15;
    return at;
  };
  const chunk = CHUNK_BLOCKS * BLOCK_ROWS;
  const addresses = {
    program: place(4 * plan.program.length),
    leafValues: place(4 * plan.values.length),
    cuts: plan.cuts.map((cuts) => place(4 * cuts.length)),
    conditions: place(plan.conditionBytes),
    masks: place(plan.maskBytes),
    numbers: place(NUMBER_BYTES),
    scratch: place(4 * BLOCK_ROWS),
    columns: place(8 * chunk * plan.used.length),
    sums: place(8 * chunk),
  };
  const memory = reserve(end);
  memory.u32.set(plan.program, addresses.program >> 2);
  memory.f32.set(plan.values, addresses.leafValues >> 2);
  plan.cuts.forEach((cuts, slot) => {
    memory.f32.set(cuts, addresses.cuts[slot] >> 2);
  });
  return { plan, ...addresses, memory };
}

let shared: Forward | undefined;

/** This thread's. */
export function sharedForward(): Forward | undefined {
  shared ??= Forward.create();
  return shared;
}
