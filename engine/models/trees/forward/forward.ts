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
  readonly held: HeldConditions | undefined;
}

/** Conditions of columns that stay as they are from one prediction to the next: of each block, one column after the other. */
interface HeldConditions {
  /** Identity of the columns that they are of. */
  readonly columns: readonly Float64Array[];
  readonly count: number;
  /** Per used feature, where its conditions stand among those of a block, or -1. */
  readonly offsets: Int32Array;
  readonly blockBytes: number;
  readonly at: number;
  /** Whether they are there. */
  known: boolean;
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
   * @param held per column, 1 if it stays as it is as long as `columns` is the same array: what is found out about it is kept
   * until other trees or columns are asked for, for as many as 4,096 rows
   * @returns how many rows were done: fewer than `count` where in one of the next 4,096 a feature is missing
   */
  sumTrees(
    plan: ForwardPlan,
    columns: readonly Float64Array[],
    from: number,
    count: number,
    out: Float64Array,
    held?: Uint8Array,
  ): number {
    const chunk = CHUNK_BLOCKS * BLOCK_ROWS;
    const kept = count <= chunk ? held : undefined;
    // A model that forecasts recursively is asked a dozen times in a row.
    if (this.#placed?.plan !== plan || !keeps(this.#placed.held, kept, columns, count))
      this.#placed = placePlan(plan, this.#reserve, kept && { held: kept, columns, count });
    const placed = this.#placed;
    for (let start = 0; start < count; start += chunk) {
      const rows = Math.min(chunk, count - start);
      const known = kept && placed.held;
      if (!this.#sumChunk(placed, known, columns, from + start, out.subarray(start, start + rows)))
        return start;
    }
    return count;
  }

  #sumChunk(
    placed: PlacedPlan,
    held: HeldConditions | undefined,
    columns: readonly Float64Array[],
    from: number,
    out: Float64Array,
  ): boolean {
    const { used, cutCounts, conditionsAt, trees } = placed.plan;
    const { f64 } = placed.memory;
    const stride = Math.ceil(out.length / BLOCK_ROWS) * BLOCK_ROWS;
    for (let slot = 0; slot < used.length; slot++) {
      if (held?.known === true && held.offsets[slot] >= 0) continue;
      const at = (placed.columns >> 3) + slot * stride;
      f64.set(columns[used[slot]].subarray(from, from + out.length), at);
      f64.fill(0, at + out.length, at + stride);
    }
    f64.set(out, placed.sums >> 3);
    for (let start = 0; start < out.length; start += BLOCK_ROWS) {
      for (let slot = 0; slot < used.length; slot++) {
        if (held !== undefined && recall(held, start, slot, placed)) continue;
        const missing = this.#functions.split(
          placed.columns + 8 * (slot * stride + start),
          placed.cuts[slot],
          cutCounts[slot],
          placed.scratch,
          placed.conditions + conditionsAt[slot],
        );
        if (missing === 1) return false;
        if (held !== undefined) keep(held, start, slot, placed);
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
    if (held !== undefined) held.known = true;
    return true;
  }
}

function keeps(
  kept: HeldConditions | undefined,
  held: Uint8Array | undefined,
  columns: readonly Float64Array[],
  count: number,
): boolean {
  // What is kept is in nobody's way.
  return held === undefined || (kept?.columns === columns && kept.count === count);
}

/** Brings what is known of a block's conditions to where trees look for them. */
function recall(
  held: HeldConditions,
  start: number,
  slot: number,
  { plan, conditions, memory }: PlacedPlan,
): boolean {
  if (!held.known || held.offsets[slot] < 0) return false;
  const from = held.at + (start / BLOCK_ROWS) * held.blockBytes + held.offsets[slot];
  memory.u8.copyWithin(conditions + plan.conditionsAt[slot], from, from + conditionBytes(plan, slot));
  return true;
}

function keep(
  held: HeldConditions,
  start: number,
  slot: number,
  { plan, conditions, memory }: PlacedPlan,
): void {
  if (held.offsets[slot] < 0) return;
  const from = conditions + plan.conditionsAt[slot];
  const to = held.at + (start / BLOCK_ROWS) * held.blockBytes + held.offsets[slot];
  memory.u8.copyWithin(to, from, from + conditionBytes(plan, slot));
}

/** One mask, unused, and one per cut. */
function conditionBytes({ cutCounts }: ForwardPlan, slot: number): number {
  return MASK_BYTES * (cutCounts[slot] + 1);
}

interface HeldColumns {
  readonly held: Uint8Array;
  readonly columns: readonly Float64Array[];
  readonly count: number;
}

function layOutHeld(
  plan: ForwardPlan,
  { held, columns, count }: HeldColumns,
  place: (bytes: number) => number,
): HeldConditions {
  let blockBytes = 0;
  const offsets = Int32Array.from(plan.used, (feature, slot) => {
    if (held[feature] !== 1) return -1;
    const at = blockBytes;
    blockBytes += conditionBytes(plan, slot);
    return at;
  });
  const at = place(Math.ceil(count / BLOCK_ROWS) * blockBytes);
  return { columns, count, offsets, blockBytes, at, known: false };
}

function placePlan(
  plan: ForwardPlan,
  reserve: (bytes: number) => Memory,
  columns: HeldColumns | undefined,
): PlacedPlan {
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
  const held = columns && layOutHeld(plan, columns, place);
  const memory = reserve(end);
  memory.u32.set(plan.program, addresses.program >> 2);
  memory.f32.set(plan.values, addresses.leafValues >> 2);
  plan.cuts.forEach((cuts, slot) => {
    memory.f32.set(cuts, addresses.cuts[slot] >> 2);
  });
  return { plan, ...addresses, memory, held };
}

let shared: Forward | undefined;

/** This thread's. */
export function sharedForward(): Forward | undefined {
  shared ??= Forward.create();
  return shared;
}
