import type { KnownTrial } from './history.ts';
import { type Domain, onScale, type Parameters, type SearchSpace, scaleOf } from './space.ts';

/** What trials had of one parameter. */
export interface Column {
  /** On the scale of the domain, trial by trial; NaN where a trial has none. At least as long as there are trials. */
  readonly places: Float64Array;
  /**
   * Trials that have one, in ascending order of their places; equal ones, and those less than 1e-12 of the range apart, in the order of
   * the trials.
   */
  readonly ascending: Uint32Array;
}

/** One a parameter of the space. */
export type Columns = readonly Column[];

/**
 * Columns of a study's trials. A study asks again after each trial: what the trials of the last call have in common with these stays as it
 * is, so that a trial is put in its place once.
 */
export function createColumns(): (space: SearchSpace, trials: readonly KnownTrial[]) => Columns {
  let of: SearchSpace | undefined;
  let builders: ColumnBuilder[] = [];
  const held: Parameters[] = [];
  return (space, trials) => {
    let common = 0;
    if (of === space) {
      while (common < held.length && common < trials.length && trials[common]!.parameters === held[common])
        common++;
    }
    if (of !== space || common < held.length) {
      of = space;
      builders = space.map(({ domain }) => new ColumnBuilder(domain));
      held.length = 0;
    }
    for (let i = held.length; i < trials.length; i++) {
      const { parameters } = trials[i]!;
      held.push(parameters);
      space.forEach(({ name, domain }, j) => {
        const value = parameters[name];
        builders[j]!.push(value === undefined ? Number.NaN : onScale(domain, value));
      });
    }
    return builders.map((builder) => builder.column());
  };
}

const FIRST_CAPACITY = 128;

class ColumnBuilder {
  readonly #low: number;
  /** Steps of the grid that places are compared on, per unit; 0 for a range without any width. */
  readonly #fineness: number;
  #places = new Float64Array(FIRST_CAPACITY);
  #steps = new Float64Array(FIRST_CAPACITY);
  #ascending = new Uint32Array(FIRST_CAPACITY);
  #count = 0;
  #having = 0;

  constructor(domain: Domain) {
    const { low, high } =
      domain.type === 'categorical' ? { low: 0, high: domain.choices.length } : scaleOf(domain);
    this.#low = low;
    this.#fineness = high > low ? 2 ** 40 / (high - low) : 0;
  }

  push(place: number): void {
    const trial = this.#count++;
    if (trial === this.#places.length) this.#grow();
    this.#places[trial] = place;
    if (Number.isNaN(place)) return;
    const step = Math.floor((place - this.#low) * this.#fineness);
    this.#steps[trial] = step;
    let from = 0;
    let to = this.#having;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#steps[this.#ascending[middle]!]! <= step) from = middle + 1;
      else to = middle;
    }
    this.#ascending.copyWithin(from + 1, from, this.#having++);
    this.#ascending[from] = trial;
  }

  column(): Column {
    return { places: this.#places, ascending: this.#ascending.subarray(0, this.#having) };
  }

  #grow(): void {
    const length = 2 * this.#places.length;
    const places = new Float64Array(length);
    places.set(this.#places);
    const steps = new Float64Array(length);
    steps.set(this.#steps);
    const ascending = new Uint32Array(length);
    ascending.set(this.#ascending);
    this.#places = places;
    this.#steps = steps;
    this.#ascending = ascending;
  }
}
