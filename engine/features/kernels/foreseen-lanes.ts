/**
 * Values of synthetic bars that are the same whatever the bars return, such as what they trade: the first forecast that takes
 * a step computes it, and the others repeat it.
 */
export class ForeseenLanes {
  /** Keeps its identity. */
  readonly values: Float64Array;
  readonly #own: Float64Array;
  readonly #seen: Float64Array[] = [];

  /** `values` are those of every lane's own bar to begin with. */
  constructor(values: Float64Array) {
    this.values = values;
    this.#own = values.slice();
  }

  reset(): void {
    this.values.set(this.#own);
  }

  /** `extend` brings the values from step - 1 to `step`; it is called once for each, in order. */
  advance(step: number, extend: () => void): void {
    const known = this.#seen[step - 1];
    if (known !== undefined) {
      this.values.set(known);
      return;
    }
    extend();
    this.#seen.push(this.values.slice());
  }
}
