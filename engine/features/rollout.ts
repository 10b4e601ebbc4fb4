import { EngineError } from '../contract/errors.ts';
import type { Feature, FeatureLanes } from './encoders/encoder.ts';
import type { LinearTerms } from './kernels/weighted-sum.ts';
import { type FeatureRollout, MAX_ROLLOUT_STEPS } from './matrix.ts';
import type { Rolling } from './rolling.ts';

/** Rolls `features` forward. What can be known beforehand is computed here, once; `advance` allocates nothing. */
export class MatrixRollout implements FeatureRollout {
  readonly columns: readonly Float64Array[];
  readonly held: Uint8Array;
  readonly #rolling: Rolling;
  readonly #features: readonly FeatureLanes[];
  /** Three numbers per column. */
  readonly #terms: Float64Array;
  readonly #sums: Float64Array;
  #step = 0;
  readonly #moveOn = () => {
    this.#rolling.advance(this.#step);
    for (let j = 0; j < this.#features.length; j++) this.#features[j]!.advance(this.#step);
  };

  constructor(features: readonly Feature[], rolling: Rolling) {
    this.#rolling = rolling;
    this.#features = features.map((feature) => feature.rollout(rolling));
    this.columns = this.#features.map(({ values }) => values);
    this.held = Uint8Array.from(this.#features, ({ held }) => +(held === true));
    this.#terms = rolling.loops.floats(3 * features.length);
    this.#sums = rolling.loops.floats(rolling.lanes.count);
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
    this.#rolling.loops.sumTerms(this.columns, terms, this.#terms, this.#sums);
    out.set(this.#sums);
  }
}
