import type { Memory } from '../kernel/memory.ts';
import { CELLS, CUTS_AT_ONCE, type ForwardPlan } from './plan.ts';
import { MASK_BYTES } from './tree-program.ts';

const WIDE_ROWS = 8 * MASK_BYTES;
const NARROW_ROWS = WIDE_ROWS / 4;
/** Fewer rows than this beyond the last wide block are done in narrow ones. */
const LEAST_WIDE_ROWS = 2 * NARROW_ROWS + 1;
/** Bits of eight planes, numbers of four trees' leaves (low bytes, then high bytes). */
const PLANES_AND_NUMBERS_BYTES = 8 * MASK_BYTES + 4 * 2 * WIDE_ROWS;
/** What forward.as is told of a feature: five words and three float32. */
const FEATURE_BYTES = 32;
/** Marks the address of a condition that is kept. */
const HELD = 0x80000000;

/** Functions of forward.as. Every argument that names data is a byte address in their memory. */
export interface ForwardFunctions {
  /**
   * Writes the conditions of features for 512 rows (float64, compared as float32), `offset` bytes on in their columns: the mask
   * of rows that are not below cut c stands 64 (c + 1) bytes behind where a feature's begin. Returns 1 if there was a NaN.
   */
  splitWide(features: number, count: number, offset: number, scratch: number, conditions: number): number;
  /** The same for 128 rows. */
  splitNarrow(features: number, count: number, offset: number, scratch: number, conditions: number): number;

  /**
   * Adds the leaf of each tree to the float64 at `out` of each of 512 rows; see `TreeProgram`. One more is written if `rows` is odd.
   *
   * @param held where kept conditions are
   */
  sumWide(
    program: number,
    trees: number,
    leaves: number,
    conditions: number,
    held: number,
    work: number,
    rows: number,
    out: number,
  ): void;
  /** The same for 128 rows. */
  sumNarrow: ForwardFunctions['sumWide'];
}

/** Rows that all trees pass over together. */
export interface Block {
  readonly start: number;
  readonly rows: number;
  readonly isWide: boolean;
}

export function blocksOf(count: number): readonly Block[] {
  const blocks: Block[] = [];
  for (let start = 0; start < count; ) {
    const rest = count - start;
    const isWide = rest >= LEAST_WIDE_ROWS;
    const rows = Math.min(rest, isWide ? WIDE_ROWS : NARROW_ROWS);
    blocks.push({ start, rows, isWide });
    start += rows;
  }
  return blocks;
}

/** Columns of which some stay as they are from one prediction to the next. */
export interface HeldColumns {
  /** Per column, 1 if it does. */
  readonly held: Uint8Array;
  /** Identity of the columns. */
  readonly columns: readonly Float64Array[];
  readonly count: number;
}

/** A plan and where it stands in the functions' memory. */
export class PlacedPlan {
  readonly plan: ForwardPlan;
  readonly program: number;
  readonly leaves: number;
  /** Of a block, those of columns that are not held. */
  readonly conditions: number;
  /** Planes, numbers, then masks. */
  readonly work: number;
  readonly sums: number;
  readonly memory: Memory;
  readonly #kept: HeldColumns | undefined;
  /** Slots of the columns that are held, then of the others. */
  readonly #slots: readonly number[];
  readonly #heldCount: number;
  /** Their features in the same order, as forward.as is told of them. */
  readonly #features: number;
  readonly #scratch: number;
  readonly #columns: number;
  /** Rows from one column to the next. */
  readonly #stride: number;
  /** Of each block, the conditions of columns that are held. */
  readonly #heldConditions: number;
  readonly #heldBytes: number;
  #heldKnown = false;

  constructor(
    plan: ForwardPlan,
    chunkRows: number,
    reserve: (bytes: number) => Memory,
    kept: HeldColumns | undefined,
  ) {
    let end = 0;
    const place = (bytes: number): number => {
      const at = end;
      end += (bytes + 15) & ~15;
      return at;
    };
    const isHeld = (slot: number) => kept?.held[plan.used[slot]] === 1;
    const slots = plan.used.map((_, slot) => slot);
    const held = slots.filter(isHeld);
    this.plan = plan;
    this.#kept = kept;
    this.#slots = [...held, ...slots.filter((slot) => !isHeld(slot))];
    this.#heldCount = held.length;
    this.#stride = chunkRows;

    const offsets = conditionOffsets(plan, isHeld);
    this.#heldBytes = offsets.heldBytes;
    this.program = place(4 * plan.program.length);
    this.leaves = place(8 * plan.leaves.length);
    let cuts = place(4 * plan.cuts.length);
    const places = place(2 * plan.places.length);
    this.#features = place(FEATURE_BYTES * slots.length);
    this.conditions = place(offsets.bytes);
    this.work = place(PLANES_AND_NUMBERS_BYTES + MASK_BYTES * plan.masks);
    this.#scratch = place(2 * 4 * WIDE_ROWS);
    this.#columns = place(8 * chunkRows * slots.length);
    this.sums = place(8 * chunkRows);
    this.#heldConditions = place(kept === undefined ? 0 : offsets.heldBytes * blocksOf(kept.count).length);
    this.memory = reserve(end);

    const { u16, u32, f32, f64 } = this.memory;
    f64.set(plan.leaves, this.leaves >> 3);
    f32.set(plan.cuts, cuts >> 2);
    u16.set(plan.places, places >> 1);
    const placeOf = new Uint32Array(slots.length);
    for (let k = 0; k < slots.length; k++) placeOf[this.#slots[k]] = k;
    for (let slot = 0; slot < slots.length; slot++) {
      const k = placeOf[slot];
      const at = (this.#features + FEATURE_BYTES * k) >> 2;
      u32[at] = this.#columns + 8 * chunkRows * k;
      u32[at + 1] = cuts;
      u32[at + 2] = plan.cutCounts[slot];
      u32[at + 3] = places + 2 * CELLS * slot;
      u32[at + 4] = offsets.ofSlot[slot];
      f32.set(plan.cells.subarray(3 * slot, 3 * slot + 3), at + 5);
      cuts += 4 * (plan.cutCounts[slot] + CUTS_AT_ONCE);
    }
    this.#writeProgram(offsets.ofSlot, isHeld);
  }

  /** Conditions by their address. */
  #writeProgram(ofSlot: readonly number[], isHeld: (slot: number) => boolean): void {
    const { program, conditions } = this.plan;
    const marked = ofSlot.map((offset, slot) => offset + MASK_BYTES + (isHeld(slot) ? HELD : 0));
    const words = this.memory.u32.subarray(this.program >> 2, (this.program >> 2) + program.length);
    words.set(program);
    for (let s = 0; s < conditions.length; s++) {
      const word = program[conditions[s]];
      words[conditions[s]] = marked[word >>> 16] + MASK_BYTES * (word & 0xffff);
    }
  }

  /** Whether it is made for these trees and what is kept of these columns. */
  serves(plan: ForwardPlan, kept: HeldColumns | undefined): boolean {
    if (this.plan !== plan) return false;
    if (kept === undefined || this.#kept === undefined) return this.#kept === kept;
    return this.#kept.columns === kept.columns && this.#kept.count === kept.count;
  }

  /** Takes the values of rows [from, from + count); of columns that are held, only the first time. */
  load(columns: readonly Float64Array[], from: number, count: number): void {
    const { f64 } = this.memory;
    for (let k = this.#heldKnown ? this.#heldCount : 0; k < this.#slots.length; k++) {
      const at = (this.#columns >> 3) + k * this.#stride;
      f64.set(columns[this.plan.used[this.#slots[k]]].subarray(from, from + count), at);
      f64.fill(0, at + count, at + Math.ceil(count / WIDE_ROWS) * WIDE_ROWS);
    }
  }

  /** Writes the conditions of a block, of columns that are held only the first time. Returns whether a value is missing. */
  split(functions: ForwardFunctions, b: number, { start, isWide }: Block): boolean {
    const split = isWide ? functions.splitWide : functions.splitNarrow;
    const features = this.#features;
    const held = this.#heldCount;
    const others = this.#slots.length - held;
    if (!this.#heldKnown && split(features, held, 8 * start, this.#scratch, this.heldOf(b)) === 1)
      return true;
    return split(features + FEATURE_BYTES * held, others, 8 * start, this.#scratch, this.conditions) === 1;
  }

  /** Where the kept conditions of a block are. */
  heldOf(b: number): number {
    return this.#heldConditions + b * this.#heldBytes;
  }

  /** What is known of columns that are held is good for the next prediction. */
  keep(): void {
    this.#heldKnown = this.#kept !== undefined;
  }
}

interface ConditionOffsets {
  /** Per slot, among the conditions of columns that are held or of the others. */
  readonly ofSlot: readonly number[];
  readonly heldBytes: number;
  readonly bytes: number;
}

function conditionOffsets({ cutCounts }: ForwardPlan, isHeld: (slot: number) => boolean): ConditionOffsets {
  let heldBytes = 0;
  let bytes = 0;
  const ofSlot = cutCounts.map((count, slot) => {
    // One mask, unused, and one per cut.
    const own = MASK_BYTES * (count + 1);
    const at = isHeld(slot) ? heldBytes : bytes;
    if (isHeld(slot)) heldBytes += own;
    else bytes += own;
    return at;
  });
  return { ofSlot, heldBytes, bytes };
}
