import { expect, test } from 'vitest';
import { decodeLinearMember, encodeLinearMember, LinearMember, linearImportance } from './member.ts';

const member = new LinearMember({
  featureCount: 4,
  used: Uint32Array.of(1, 3),
  coefficients: Float64Array.of(2, -0.5),
  means: Float64Array.of(10, 20),
  deviations: Float64Array.of(3, 4),
  intercept: 0.25,
});

test('predicts the intercept plus each coefficient times the distance from the mean', () => {
  const columns = [
    [Number.NaN, Number.NaN],
    [11, 9],
    [Number.NaN, Number.NaN],
    [20, 24],
  ].map((v) => Float64Array.from(v));
  const out = new Float64Array(3).fill(9);
  member.predict(columns, 0, 2, out);
  expect([...out]).toEqual([2.25, 0.25 - 2 - 2, 9]);
});

test('importance is the share of coefficient times deviation', () => {
  expect([...linearImportance(member).gain]).toEqual([0, 6 / 8, 0, 2 / 8]);
});

test('bytes hold the whole member, wherever they lie in a buffer', () => {
  const bytes = encodeLinearMember(member);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  expect(decodeLinearMember(shifted.subarray(3))).toEqual(member);
});

test('bytes of another length, or with a feature that does not exist, are refused', () => {
  const bytes = encodeLinearMember(member);
  for (const length of [0, 15, bytes.length - 1]) {
    expect(() => decodeLinearMember(bytes.subarray(0, length))).toThrow(/expected \d+ bytes, found/);
  }
  const beyond = bytes.slice();
  beyond[20] = 4; // second used index
  expect(() => decodeLinearMember(beyond)).toThrow(/beyond its 4 features/);
});
