import { expect, it } from 'vitest';
import { createCheckpointSchedule } from './schedule.ts';

it('writes after so many results, one at a time, and less often when writing takes long', async () => {
  let clock = 0;
  let finish = () => {};
  let begun = 0;
  const schedule = createCheckpointSchedule(
    2,
    () => clock,
    () => {
      begun++;
      return new Promise((resolve) => {
        finish = resolve;
      });
    },
  );
  schedule.committed();
  expect(begun).toBe(0);
  schedule.committed();
  expect(begun).toBe(1);
  for (let i = 0; i < 5; i++) schedule.committed();
  expect(begun).toBe(1);
  clock += 100;
  finish();
  await schedule.settled();
  schedule.committed();
  expect(begun).toBe(1);
  clock += 500;
  schedule.committed();
  expect(begun).toBe(2);
});
