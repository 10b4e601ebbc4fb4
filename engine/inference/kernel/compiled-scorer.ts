import { instantiate } from '../../wasm/instance.ts';
import { ConfidenceScorer, type Scorer } from '../confidence.ts';
import { MINIMUM_VALUES } from '../rolling.ts';
import { KERNEL_WASM } from './wasm.ts';

/** Lanes that are read beyond the last, as vectors are. */
const PADDING = 16;

interface Functions {
  /**
   * `ConfidenceScorer.score` without the part before the first forecasts, which it leaves alone; returns the first lane that
   * has a forecast. All but the numbers of members, lanes and lookback are addresses.
   */
  score(
    p: number,
    calm: number,
    memberCounts: number,
    members: number,
    lanes: number,
    lookback: number,
    magnitude: number,
    signs: number,
    buckets: number,
    previous: number,
    latest: number,
    firstBytes: number,
    recent: number,
    out: number,
  ): number;
}

/** Does what `ConfidenceScorer` does, in WebAssembly. */
export class CompiledScorer implements Scorer {
  readonly #functions: Functions;
  readonly #addresses: Addresses;
  readonly #p: Float64Array;
  readonly #calm: Float64Array;
  readonly #out: Float64Array;
  readonly #memberCounts: Uint16Array;
  #members = 0;

  private constructor(lanes: number, addresses: Addresses, functions: Functions, memory: ArrayBuffer) {
    this.#functions = functions;
    this.#addresses = addresses;
    this.#p = new Float64Array(memory, addresses.p, lanes);
    this.#calm = new Float64Array(memory, addresses.calm, lanes);
    this.#out = new Float64Array(memory, addresses.out, lanes);
    this.#memberCounts = new Uint16Array(memory, addresses.memberCounts, 3 * lanes);
    new Uint8Array(memory, addresses.firstBytes, PADDING).fill(255);
  }

  /** Undefined where WebAssembly SIMD is not supported. */
  static create(lanes: number): CompiledScorer | undefined {
    const instance = instantiate(KERNEL_WASM);
    if (instance === undefined) return undefined;
    const addresses = layOut(lanes);
    const memory = instance.reserve(addresses.end);
    return new CompiledScorer(lanes, addresses, instance.exports as unknown as Functions, memory);
  }

  load(forecasts: readonly Float64Array[]): void {
    const counts = this.#memberCounts.fill(0);
    this.#members = forecasts.length;
    for (const forecast of forecasts) {
      for (let lane = 0; lane < this.#p.length; lane++) {
        const x = forecast[lane];
        counts[3 * lane + 1 + +(x > 0) - +(x < 0)]++;
      }
    }
  }

  score(p: Float64Array, calm: Float64Array, lookback: number, out: Float64Array): void {
    const at = this.#addresses;
    const lanes = this.#p.length;
    this.#p.set(p);
    this.#calm.set(calm);
    const start = this.#functions.score(
      at.p,
      at.calm,
      at.memberCounts,
      this.#members,
      lanes,
      lookback,
      at.magnitude,
      at.signs,
      at.buckets,
      at.previous,
      at.latest,
      at.firstBytes,
      at.recent,
      at.out,
    );
    out.set(this.#out);
    out.fill(Number.NaN, 0, lookback < MINIMUM_VALUES ? lanes : start + MINIMUM_VALUES - 1);
  }
}

type Addresses = ReturnType<typeof layOut>;

function layOut(lanes: number) {
  let end = 0;
  const place = (bytes: number): number => {
    const at = end;
    end += (bytes + 15) & ~15;
    return at;
  };
  const addresses = {
    p: place(8 * lanes),
    calm: place(8 * lanes),
    memberCounts: place(6 * lanes),
    magnitude: place(8 * lanes),
    signs: place(lanes),
    buckets: place(lanes + PADDING),
    previous: place(4 * lanes),
    /** Per bucket. */
    latest: place(4 * 256),
    firstBytes: place(2 * PADDING),
    recent: place(12),
    out: place(8 * lanes),
  };
  return { ...addresses, end };
}

/** The faster one, where this machine has it. */
export function createScorer(lanes: number): Scorer {
  return CompiledScorer.create(lanes) ?? new ConfidenceScorer(lanes);
}
