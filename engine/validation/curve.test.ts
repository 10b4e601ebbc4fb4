import { expect, test } from 'vitest';
import { METRICS } from '../backtest/metrics.ts';
import type { Candles } from '../market/candles.ts';
import { validationCurve } from './curve.ts';
import type { StoredFold } from './fold-blob.ts';
import { stitch } from './stitched.ts';
import type { ReadFold, ReadValidation } from './to-dto.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Four bars a fold, on two market days; folds of a day each, so that the second day of one is the first of the next. */
const BARS = 4;

function fold(index: number, netReturn: readonly number[], more: Partial<ReadFold> = {}): ReadFold {
  const result = {
    netReturn: Float64Array.from(netReturn),
    marketDay: Int32Array.from([index, index, index + 1, index + 1]),
    trades: [],
    barsPerYear: 1000,
    costs: 0,
    metrics: new Float64Array(METRICS.length).fill(Number.NaN),
  } as unknown as StoredFold;
  const test = { from: index * DAY, to: (index + 1) * DAY };
  return { index, kind: 'rolling', counted: true, state: 'completed', test, result, ...more } as ReadFold;
}

function read(folds: readonly ReadFold[]) {
  const counted = folds.filter((one) => one.kind === 'rolling' && one.counted && one.result !== undefined);
  const windows = counted.map(({ result }) => result!);
  return { row: { id: 5 } as ReadValidation['row'], folds, counted, stitched: stitch(windows, 1000) };
}

/** Opens that rise by 1 % a bar. */
function candles(count: number): Candles {
  const time = Float64Array.from(
    { length: count * BARS },
    (_, i) => Math.floor(i / BARS) * DAY + (i % BARS) * HOUR,
  );
  const open = time.map((_, i) => Math.exp(0.01 * i));
  return { timeframe: 'H1', time, open } as unknown as Candles;
}

const rounded = (values: readonly number[]) => values.map((value) => Number(value.toFixed(6)));

test('counted folds are summed by days, others stand beside the curve and in no sum', () => {
  const folds = [
    fold(0, [0.01, 0, 0, 0.02]),
    fold(1, [0.1, 0, 0, 0.2], { counted: false }),
    fold(2, [-0.01, 0, 0, 0.005]),
    fold(3, [9, 9, 9, 9], { kind: 'aging' }),
    fold(4, [], { result: undefined, state: 'pending' }),
  ];
  const curve = validationCurve(read(folds), candles(3));
  expect(curve.days).toEqual([0, 1, 1, 2, 2, 3].map((day) => new Date(day * DAY).toISOString().slice(0, 10)));
  expect(rounded(curve.net)).toEqual([1, 3, 3, 3, 2, 2.5]);
  expect(
    curve.folds.map((one) => ({
      ...one,
      net: Number(one.net.toFixed(6)),
      hollow: one.hollow && rounded(one.hollow),
    })),
  ).toEqual([
    { index: 0, counted: true, from: 0, to: 2, net: 3, hollow: null },
    { index: 1, counted: false, from: 2, to: 4, net: 30, hollow: [13, 33] },
    { index: 2, counted: true, from: 4, to: 6, net: -0.5, hollow: null },
  ]);
  // A window is entered at its first open and left at its last: three steps of 1 %, the last bar none.
  expect(rounded(curve.hold!)).toEqual([2, 3, 3, 3, 5, 6]);
  // 0.025 over 8 of 1000 bars a year.
  expect(curve.yearly).toBeCloseTo(312.5, 9);
  expect(curve.holdYearly).toBeCloseTo(750, 9);
  const { low, high } = curve.band!;
  expect(low).toHaveLength(6);
  // It stays through what does not count, and holds the days that there are between its borders.
  expect([low[2], low[3], high[3]]).toEqual([low[1], low[1], high[1]]);
  expect(low.every((value, i) => value <= high[i]!)).toBe(true);
  expect(validationCurve(read(folds), candles(3))).toEqual(curve);
});

test('with other candles than it was tested on there is nothing to hold it against', () => {
  const folds = [fold(0, [0.01, 0, 0, 0.02]), fold(1, [0, 0, 0, 0])];
  expect(validationCurve(read(folds), candles(1)).hold).toBeNull();
  expect(validationCurve(read(folds), undefined)).toMatchObject({ hold: null, holdYearly: null });
  expect(validationCurve(read(folds), candles(2)).hold).not.toBeNull();
});

test('without a counted fold there is neither sum nor band', () => {
  const curve = validationCurve(read([fold(0, [0.1, 0, 0, 0], { counted: false })]), candles(1));
  expect(curve).toMatchObject({ band: null, yearly: null, barsPerYear: null, net: [0, 0] });
  expect(rounded(curve.folds[0]!.hollow!)).toEqual([10, 10]);
  expect(validationCurve(read([]), candles(1))).toMatchObject({ days: [], folds: [], band: null });
});
