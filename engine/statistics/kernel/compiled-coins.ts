import { instantiate } from '../../wasm/instance.ts';
import { type CoinMaxima, PlainCoinMaxima } from '../coin-maxima.ts';
import type { CoinTosses } from '../coins.ts';
import type { CoinFunctions } from './functions.ts';
import { KERNEL_WASM } from './wasm.ts';

const PACKED_DAYS = 8;
const TABLE_BYTES = 2048;

/** Does what `PlainCoinMaxima` does, in WebAssembly. */
export class CompiledCoinMaxima implements CoinMaxima {
  readonly #functions: CoinFunctions;
  readonly #days: number;
  readonly #coins: number;
  /** Of a row: even, so that two coins are raised at a time. */
  readonly #room: number;
  readonly #values: number;
  readonly #tables: number;
  readonly #places: number;
  readonly #maxima: number;
  readonly #floats: Float64Array;

  private constructor(
    { days, coins, faces }: CoinTosses,
    sets: number,
    make: (bytes: number) => { readonly functions: CoinFunctions; readonly memory: ArrayBuffer },
  ) {
    const rows = Math.ceil(days / PACKED_DAYS);
    this.#days = days;
    this.#coins = coins;
    this.#room = coins + (coins & 1);
    const floats = (after: number) => (after + 15) & ~15;
    this.#values = floats(rows * this.#room);
    this.#tables = floats(this.#values + 8 * PACKED_DAYS * rows);
    this.#places = this.#tables + TABLE_BYTES * rows;
    this.#maxima = floats(this.#places + 4 * rows);
    const { functions, memory } = make(this.#maxima + 8 * this.#room * sets);
    this.#functions = functions;
    this.#floats = new Float64Array(memory, 0, (this.#maxima >> 3) + this.#room * sets);
    const bytes = new Uint8Array(memory);
    for (let row = 0; row < rows; row++) {
      bytes.set(faces.subarray(row * coins, (row + 1) * coins), row * this.#room);
    }
    this.clear();
  }

  /** Undefined where WebAssembly SIMD is not supported. */
  static create(tosses: CoinTosses, sets: number): CompiledCoinMaxima | undefined {
    const instance = instantiate(KERNEL_WASM);
    if (instance === undefined) return undefined;
    const functions = instance.exports as unknown as CoinFunctions;
    return new CompiledCoinMaxima(tosses, sets, (bytes) => ({ functions, memory: instance.reserve(bytes) }));
  }

  clear(): void {
    this.#floats.fill(-Infinity, this.#maxima >> 3);
  }

  raise(set: number, daySums: Float64Array, denominator: number): number {
    this.#floats.set(daySums, this.#values >> 3);
    return this.#functions.raise(
      0,
      this.#days,
      this.#room,
      this.#values,
      denominator,
      this.#tables,
      this.#places,
      this.#maxima + 8 * this.#room * set,
    );
  }

  maxima(set: number): Float64Array {
    const from = (this.#maxima >> 3) + this.#room * set;
    return this.#floats.slice(from, from + this.#coins);
  }
}

/** The faster one, where this machine has it. */
export function createCoinMaxima(tosses: CoinTosses, sets: number): CoinMaxima {
  return CompiledCoinMaxima.create(tosses, sets) ?? new PlainCoinMaxima(tosses, sets);
}
