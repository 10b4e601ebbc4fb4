import { expect, it } from 'vitest';
import { layoutOf } from './parallel-coordinates.tsx';
import { nearest } from './plot-shapes.ts';
import { trialLanes } from './trial-lanes.ts';
import { bestTrial, type PlottedTrial } from './trial-plot.tsx';

const timed = (name: string, endedAt: number, seconds: number) =>
  ({ name, state: 'completed', isBest: false, endedAt, seconds }) as const;
const trialOf = (trial: number, value: number, isWhole = true): PlottedTrial => ({
  ...{ trial, value, isWhole },
  params: {},
  intermediate: [],
  text: '',
});

it('lays trials that ran at the same time into lanes, and leaves out those that took no time', () => {
  const bars = trialLanes([
    timed('1', 2000, 2),
    timed('2', 3000, 2.5),
    timed('3', 4000, 1.9),
    timed('4', 4000, 0),
  ]);
  expect(bars.map(({ name, startedAt, lane }) => [name, startedAt, lane])).toEqual([
    ['1', 0, 0],
    ['2', 500, 1],
    ['3', 2100, 0],
  ]);
});

it('stands axes upright where there is room, and lays them below each other where there is none', () => {
  const wide = layoutOf(4, 800);
  expect(wide.isUpright).toBe(true);
  expect(wide.point(0, 0)[0]).toBeLessThan(wide.point(3, 0)[0]);
  expect(wide.point(0, 1)[1]).toBeLessThan(wide.point(0, 0)[1]);
  const narrow = layoutOf(10, 350);
  expect(narrow.isUpright).toBe(false);
  expect(narrow.point(1, 0)[0]).toBeLessThan(narrow.point(1, 1)[0]);
  expect(narrow.point(1, 0)[1]).toBeLessThan(narrow.point(2, 0)[1]);
});

it('takes the best of whole trials, the first of equal ones', () => {
  const trials = [trialOf(1, 0.2), trialOf(2, 0.9, false), trialOf(3, 0.5), trialOf(4, 0.5)];
  expect(bestTrial(trials, false)?.trial).toBe(3);
  expect(bestTrial(trials, true)?.trial).toBe(1);
});

it('means the mark that is nearest to the pointer, and none that is far away', () => {
  const marks = [
    { x: 0, y: 0, trial: trialOf(1, 1) },
    { x: 10, y: 0, trial: trialOf(2, 1) },
  ];
  expect(nearest(marks, 7, 3)?.trial.trial).toBe(2);
  expect(nearest(marks, 80, 80)).toBeNull();
});
