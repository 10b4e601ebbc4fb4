import { expect, it } from 'vitest';
import { createControl, raiseLimit, stopBatch, takeCell } from '../control.ts';
import { cellsOfTask, groupSize } from './group-size.ts';
import { openPositions } from './positions.ts';

it('hands out positions in order up to the limit, each once, beside threads that take by the same control', () => {
  const control = createControl(4);
  const positions = openPositions(10, control);
  expect(positions.take(2)).toEqual([0, 1]);
  expect(takeCell(control, 10)).toBe(2);
  expect(positions.take(5)).toEqual([3]);
  expect(positions.take(5)).toEqual([]);
  raiseLimit(control, 10);
  expect(positions.take(5)).toEqual([4, 5, 6, 7, 8]);
  expect(positions).toMatchObject({ taken: 9, left: 1, hasReturned: false });
});

it('hands out first what came back, in order, and counts it as not taken', () => {
  const positions = openPositions(6, createControl(6));
  positions.take(5);
  positions.giveBack([3]);
  positions.giveBack([1]);
  expect(positions).toMatchObject({ taken: 3, left: 3, hasReturned: true });
  expect(positions.take(2)).toEqual([1, 3]);
  positions.giveBack([4]);
  expect(positions.takeReturned()).toEqual([4]);
  expect(positions.take(9)).toEqual([5]);
});

it('hands out nothing new once it is stopped', () => {
  const control = createControl(6);
  const positions = openPositions(6, control);
  positions.take(2);
  stopBatch(control);
  expect(positions.take(2)).toEqual([]);
});

it.each([
  [undefined, 100, 0, 4, 1],
  [0.01, 1000, 0, 2, 64],
  [0.1, 1000, 0, 2, 20],
  [3, 1000, 0, 2, 1],
  // The last ones are parted among all.
  [0.01, 12, 0, 3, 2],
  [0.01, 1, 0, 8, 1],
  // Not while others follow, and not for the sake of a few.
  [0.01, 12, 96, 3, 12],
  [0.01, 12, 60, 3, 8],
  [0.01, 12, 65, 3, 12],
  [undefined, 12, 60, 3, 1],
  // A task stays as short as it is to be.
  [0.05, 50, 900, 2, 32],
  [0.1, 50, 900, 2, 20],
  // Nor is it made so large that much waits for it.
  [0.01, 40, 900, 2, 32],
  [0.01, 200, 900, 2, 34],
  [3, 1, 900, 2, 1],
])(
  'makes tasks of two seconds: %s s a cell, %i of the batch and %i after it left, %i threads: %i',
  (pace, ofBatch, after, threads, cells) => {
    expect(groupSize(pace, { ofBatch, after }, threads)).toBe(cells);
    expect(cellsOfTask(pace)).toBeGreaterThanOrEqual(cells);
  },
);
