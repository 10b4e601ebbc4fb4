import { EngineError } from '../contract/errors.ts';
import type { FeatureLanes } from './encoders/encoder.ts';
import type { LinearTerms } from './kernels/weighted-sum.ts';
import { type FeatureRollout, type Lanes, MAX_ROLLOUT_STEPS } from './matrix.ts';
import type { Rolling } from './rolling.ts';

/** Rolls features forward that were made on `rolling`. `advance` allocates nothing. */
export class MatrixRollout implements FeatureRollout {
  readonly blocks: readonly Lanes[];
  readonly held: Uint8Array;
  readonly #rolling: Rolling;
  readonly #features: readonly FeatureLanes[];
  /** Three numbers per column. */
  readonly #terms: Float64Array;
  readonly #sums: Float64Array;
  #columns: readonly Float64Array[];
  #block = 0;
  #step = 0;
  readonly #moveOn = () => {
    this.#rolling.advance(this.#step);
    for (let j = 0; j < this.#features.length; j++) this.#features[j]!.advance(this.#step);
  };

  constructor(features: readonly FeatureLanes[], rolling: Rolling) {
    this.#rolling = rolling;
    this.#features = features;
    this.blocks = rolling.blocks;
    this.#columns = features.map(({ values }) => values);
    this.held = Uint8Array.from(features, ({ held }) => +(held === true));
    this.#terms = rolling.loops.floats(3 * features.length);
    this.#sums = rolling.loops.floats(rolling.count);
  }

  get columns(): readonly Float64Array[] {
    return this.#columns;
  }

  place(block: number): void {
    if (block === this.#block) return;
    this.#block = block;
    this.#step = 0;
    this.#rolling.place(block);
    // What is the same for all forecasts of a block is computed once, and not again when a step is repeated.
    this.#rolling.loops.forget();
    this.#columns = [...this.#columns];
  }

  reset(): void {
    this.#step = 0;
    this.#rolling.reset();
    for (let j = 0; j < this.#features.length; j++) this.#features[j]!.reset();
  }

  /** @throws EngineError `internal` after 12 steps without a reset. */
  advance(logReturns: Float64Array): void {
    if (this.#step === MAX_ROLLOUT_STEPS) {
      throw new EngineError(
        'internal',
        `A rollout takes at most ${MAX_ROLLOUT_STEPS} steps and has taken them all. Call reset() to start again.`,
      );
    }
    this.#step++;
    this.#rolling.bars.take(logReturns);
    this.#rolling.loops.repeat(this.#step, this.#moveOn);
  }

  weightedSum(terms: LinearTerms, out: Float64Array): void {
    this.#rolling.loops.sumTerms(this.#columns, terms, this.#terms, this.#sums);
    out.set(this.#sums);
  }
}
