import { expect, test } from 'vitest';
import type { FeatureRollout } from '../features/matrix.ts';
import type { Member } from './model.ts';
import { PLAIN_SCALE, scaledMember } from './scaled-member.ts';

const member: Member = {
  predict(columns, from, count, out) {
    for (let i = 0; i < count; i++) out[i] = columns[0]![from + i]!;
  },
  predictLanes(_, out) {
    out.fill(3);
  },
};
const columns = [Float64Array.of(1, 2, 3, 4)];

test('what a member says is scaled, and is so many of the units of its own bars', () => {
  const out = new Float64Array(2);
  const unit = Float64Array.of(10, 20, 30, 40);
  scaledMember(member, { offset: -1, slope: 2 }, unit).predict(columns, 1, 2, out);
  expect([...out]).toEqual([3 * 20, 5 * 30]);
  const plain = scaledMember(member, { offset: -1, slope: 2 }, undefined);
  plain.predict(columns, 1, 2, out);
  expect([...out]).toEqual([3, 5]);
  plain.predictLanes!({} as FeatureRollout, out);
  expect([...out]).toEqual([5, 5]);
});

test('the rows of a rollout have no unit; and what needs no scale is the member itself', () => {
  expect(scaledMember(member, PLAIN_SCALE, Float64Array.of(1)).predictLanes).toBeUndefined();
  expect(scaledMember(member, PLAIN_SCALE, undefined)).toBe(member);
});
