import { createPrng } from '../../../random/prng.ts';
import type { RowTrading, TrainingSet } from '../../model.ts';
import { matrixOf } from '../../testing/data.ts';

/** A market of which is known what can be known: ten features that persist, the first of which may lean the next bar. */
export interface Walk {
  readonly columns: readonly Float64Array[];
  /** Expected log return of the coming bar. */
  readonly lean: Float64Array;
  readonly trading: RowTrading;
}

export interface WalkOptions {
  readonly seed: number;
  readonly rows: number;
  /** Share of a bar's variance that the first feature explains; 0: noise. */
  readonly share: number;
  readonly features?: number;
}

/** Of an hour of EURUSD, log return. */
const DEVIATION = 8e-4;
/** Of a fill: two pips there and back. */
export const COST = 1e-4;
const MEMORY = 0.9;

export function walk({ seed, rows, share, features = 10 }: WalkOptions): Walk {
  const prng = createPrng(seed);
  const columns = Array.from({ length: features }, () => new Float64Array(rows));
  const state = new Float64Array(features);
  const long = new Float64Array(rows);
  const lean = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < features; j++) {
      state[j] = MEMORY * state[j]! + Math.sqrt(1 - MEMORY * MEMORY) * prng.normal();
      columns[j]![i] = state[j]!;
    }
    lean[i] = DEVIATION * Math.sqrt(share) * state[0]!;
    long[i] = lean[i]! + DEVIATION * Math.sqrt(1 - share) * prng.normal();
  }
  return {
    columns,
    lean,
    trading: { long, short: long.map((r) => -r), costPerSide: new Float64Array(rows).fill(COST) },
  };
}

export const HORIZON = 12;

/** The first `train` rows to learn from. */
export function trainingSet({ columns, trading }: Walk, train: number, seed: number): TrainingSet {
  return {
    features: matrixOf(columns, { fitEnd: train }),
    labels: trading.long,
    train: [{ from: 0, to: train }],
    leftOut: { from: train, to: train },
    purge: HORIZON,
    seed,
    trading,
  };
}

/** Position on each row of who goes by values of positions, three a row: what is worth most from where it is, of equal ones its own. */
export function positionsBy(values: Float64Array): Int8Array {
  let position = 0;
  return Int8Array.from({ length: values.length / 3 }, (_, i) => {
    const own = position;
    const worth = (b: number) => values[3 * i + b + 1]! - COST * Math.abs(b - own);
    for (const b of [0, -1, 1]) if (worth(b) > worth(position)) position = b;
    return position;
  });
}

/** Long above `enter`, left below `leave`; short the other way round. */
export function positionsByRule(lean: Float64Array, enter: number, leave: number): Int8Array {
  let position = 0;
  return Int8Array.from(lean, (way) => {
    if (Math.abs(way) > enter) position = Math.sign(way);
    else if (position * way < leave) position = 0;
    return position;
  });
}

/** Sum of net log returns, and the share of bars in a position; flat at the end. */
export function resultOf(positions: Int8Array, returns: Float64Array): { net: number; held: number } {
  let before = 0;
  let net = 0;
  let held = 0;
  positions.forEach((position, i) => {
    net += position * returns[i]! - COST * Math.abs(position - before);
    held += +(position !== 0);
    before = position;
  });
  return { net: net - COST * Math.abs(before), held: held / positions.length };
}

/** The best of its kind for whoever knows the lean: thresholds that earn most on a long stretch of the same market. */
export function bestRule(share: number): { enter: number; leave: number } {
  const { lean, trading } = walk({ seed: 99, rows: 20_000, share, features: 1 });
  const unit = DEVIATION * Math.sqrt(share);
  let best = { enter: 0, leave: 0, net: Number.NEGATIVE_INFINITY };
  for (let enter = 0; enter <= 1.2; enter += 0.15) {
    for (let leave = -1.2; leave <= enter; leave += 0.15) {
      const { net } = resultOf(positionsByRule(lean, enter * unit, leave * unit), trading.long);
      if (net > best.net) best = { enter: enter * unit, leave: leave * unit, net };
    }
  }
  return best;
}
