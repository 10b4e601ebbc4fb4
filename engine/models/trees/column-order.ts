/** Bits per pass; three passes take 32. */
const DIGIT = 11;
const BUCKETS = 1 << DIGIT;
const SIGN = 0x8000_0000;
const LAST_KEY = 0xffff_ffff;

/** A column's values as float32, ascending, and where each stood. */
export interface Ordered {
  /** Missing values last. */
  readonly values: Float32Array;
  /** Row of each, counted from the first that was ordered; equal values in the order of their rows. */
  readonly rows: Uint32Array;
}

/**
 * Orders columns of `count` values each by radix (Knuth, TAOCP 5.2.5): several times as fast as comparing them, from a thousand
 * values on. What `order` gives is valid until its next call.
 */
export class ColumnOrder {
  private readonly count: number;
  private readonly values: Float32Array;
  /** The same memory: the bits of the values, then their keys. */
  private readonly keys: Uint32Array;
  private readonly otherKeys: Uint32Array;
  private readonly rows: Uint32Array;
  private readonly otherRows: Uint32Array;
  private readonly next = new Uint32Array(3 * BUCKETS);

  constructor(count: number) {
    this.count = count;
    this.values = new Float32Array(count);
    this.keys = new Uint32Array(this.values.buffer);
    this.otherKeys = new Uint32Array(count);
    this.rows = new Uint32Array(count);
    this.otherRows = new Uint32Array(count);
  }

  order(column: Float64Array, from: number): Ordered {
    const { count, values, keys, otherKeys, rows, otherRows, next } = this;
    next.fill(0);
    for (let i = 0; i < count; i++) {
      const value = column[from + i];
      values[i] = value;
      const bits = keys[i];
      // Keys are in the order of the values: a negative one has all its bits turned, any other its sign alone.
      const key = Number.isNaN(value) ? LAST_KEY : (bits ^ ((-(bits >>> 31) | SIGN) >>> 0)) >>> 0;
      otherKeys[i] = key;
      next[key & (BUCKETS - 1)]++;
      next[BUCKETS + ((key >>> DIGIT) & (BUCKETS - 1))]++;
      next[2 * BUCKETS + (key >>> (2 * DIGIT))]++;
    }
    for (let pass = 0; pass < 3; pass++) {
      let end = 0;
      for (let bucket = pass * BUCKETS; bucket < (pass + 1) * BUCKETS; bucket++) {
        const size = next[bucket];
        next[bucket] = end;
        end += size;
      }
    }
    for (let i = 0; i < count; i++) otherRows[i] = i;
    this.pass(0, otherKeys, otherRows, keys, rows);
    this.pass(1, keys, rows, otherKeys, otherRows);
    this.pass(2, otherKeys, otherRows, keys, rows);
    for (let i = 0; i < count; i++) {
      const key = keys[i];
      keys[i] = key >= SIGN ? key ^ SIGN : ~key;
    }
    return { values, rows };
  }

  private pass(
    digit: number,
    keys: Uint32Array,
    rows: Uint32Array,
    keysOut: Uint32Array,
    rowsOut: Uint32Array,
  ): void {
    const { count, next } = this;
    const shift = digit * DIGIT;
    const offset = digit * BUCKETS;
    for (let i = 0; i < count; i++) {
      const key = keys[i];
      const to = next[offset + ((key >>> shift) & (BUCKETS - 1))]++;
      keysOut[to] = key;
      rowsOut[to] = rows[i];
    }
  }
}
