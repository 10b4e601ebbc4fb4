import { instantiate } from '../../../wasm/instance.ts';
import type { EnsembleParts } from '../ensemble.ts';
import { viewMemory } from '../kernel/memory.ts';
import { blocksOf, type ForwardFunctions, type HeldColumns, PlacedPlan } from './placed-plan.ts';
import { type ForwardPlan, forwardPlan, type PlanWriter } from './plan.ts';
import { FORWARD_WASM } from './wasm.ts';

type Functions = ForwardFunctions & Omit<PlanWriter, 'reserve'>;

/** Rows whose values are in memory together. */
const CHUNK_ROWS = 4096;

/**
 * Sums trees for many rows. For each cut it finds the rows that are not below it, a bit each; a split then parts a mask of
 * rows by one AND, whatever the tree's shape, and what is left per row and tree is to look its leaf's value up.
 */
export class Forward {
  readonly #functions: Functions;
  readonly #reserve: (bytes: number) => ArrayBuffer;
  #placed: PlacedPlan | undefined;

  private constructor(functions: Functions, reserve: (bytes: number) => ArrayBuffer) {
    this.#functions = functions;
    this.#reserve = reserve;
  }

  /** Undefined where WebAssembly SIMD is not supported. */
  static create(): Forward | undefined {
    const instance = instantiate(FORWARD_WASM);
    if (instance === undefined) return undefined;
    return new Forward(instance.exports as unknown as Functions, (bytes) => instance.reserve(bytes));
  }

  /** What `sumTrees` reads of an ensemble; undefined where a tree has too many leaves. */
  planOf(parts: EnsembleParts): ForwardPlan | undefined {
    // It is made where what is placed stands.
    this.#placed = undefined;
    const { planTrees, cutCells } = this.#functions;
    return forwardPlan(parts, { reserve: this.#reserve, planTrees, cutCells });
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
    const kept = held !== undefined && count <= CHUNK_ROWS ? { held, columns, count } : undefined;
    // A model that forecasts recursively is asked a dozen times in a row.
    if (this.#placed?.serves(plan, kept) !== true) this.#placed = this.#place(plan, kept);
    for (let start = 0; start < count; start += CHUNK_ROWS) {
      const rows = Math.min(CHUNK_ROWS, count - start);
      if (!this.#sumChunk(this.#placed, columns, from + start, out.subarray(start, start + rows)))
        return start;
    }
    return count;
  }

  #place(plan: ForwardPlan, kept: HeldColumns | undefined): PlacedPlan {
    return new PlacedPlan(plan, CHUNK_ROWS, (bytes) => viewMemory(this.#reserve(bytes)), kept);
  }

  #sumChunk(placed: PlacedPlan, columns: readonly Float64Array[], from: number, out: Float64Array): boolean {
    const { trees } = placed.plan;
    const { program, leaves, conditions, work, sums, memory } = placed;
    placed.load(columns, from, out.length);
    memory.f64.set(out, sums >> 3);
    const blocks = blocksOf(out.length);
    for (let b = 0; b < blocks.length; b++) {
      const { start, rows, isWide } = blocks[b];
      if (placed.split(this.#functions, b, blocks[b])) return false;
      const sumTrees = isWide ? this.#functions.sumWide : this.#functions.sumNarrow;
      const held = placed.heldOf(b) | 0;
      sumTrees(program, trees, leaves, conditions, held, work, rows, sums + 8 * start);
    }
    out.set(memory.f64.subarray(sums >> 3, (sums >> 3) + out.length));
    placed.keep();
    return true;
  }
}

let shared: Forward | undefined;

/** This thread's. */
export function sharedForward(): Forward | undefined {
  shared ??= Forward.create();
  return shared;
}
