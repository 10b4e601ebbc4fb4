import { expect, test } from 'vitest';
import { LaneBlock } from '../lane-block.ts';
import { plainLoops } from '../loops/plain.ts';
import { ForeseenLanes } from './foreseen-lanes.ts';

test('every pass sees the values of its steps, and each is computed once', () => {
  const values = Float64Array.of(1, 2);
  const block = new LaneBlock({ lanes: { first: 0, count: 2 }, loops: plainLoops() });
  const lanes = new ForeseenLanes(values, block);
  let computed = 0;
  let state = 0;
  const pass = (steps: number) => {
    const seen: number[][] = [];
    for (let step = 1; step <= steps; step++) {
      lanes.advance(step, () => {
        computed++;
        state += step;
        values.fill(10 * state);
      });
      seen.push([...values]);
    }
    return seen;
  };
  expect(pass(2)).toEqual([
    [10, 10],
    [30, 30],
  ]);
  // Further than before, and then less far.
  expect(pass(3).at(-1)).toEqual([60, 60]);
  expect(pass(1)).toEqual([[10, 10]]);
  expect(computed).toBe(3);
});
