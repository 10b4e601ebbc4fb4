import { expect, it } from 'vitest';
import { createCheckpointSchedule } from './schedule.ts';

/** A schedule that writes after every second result, by a clock and a disk that are moved by hand. */
function scheduleByHand() {
  const hand = { clock: 1_700_000_000_000, begun: 0, finish: () => {} };
  const schedule = createCheckpointSchedule(
    2,
    () => hand.clock,
    () => {
      hand.begun++;
      return new Promise((resolve) => {
        hand.finish = resolve;
      });
    },
  );
  /** Two results, and a checkpoint that takes so long. */
  async function writeOnce(tookMs: number): Promise<void> {
    schedule.committed();
    schedule.committed();
    hand.clock += tookMs;
    hand.finish();
    await schedule.settled();
  }
  return { hand, schedule, writeOnce };
}

it('writes after so many results, one at a time, and less often when writing takes long', async () => {
  const { hand, schedule } = scheduleByHand();
  schedule.committed();
  expect(hand.begun).toBe(0);
  schedule.committed();
  expect(hand.begun).toBe(1);
  for (let i = 0; i < 5; i++) schedule.committed();
  expect(hand.begun).toBe(1);
  hand.clock += 100;
  hand.finish();
  await schedule.settled();
  hand.clock += 499;
  schedule.committed();
  expect(hand.begun).toBe(1);
  hand.clock += 1;
  schedule.committed();
  expect(hand.begun).toBe(2);
});

it('counts results anew from each checkpoint on', async () => {
  const { hand, schedule, writeOnce } = scheduleByHand();
  await writeOnce(0);
  schedule.committed();
  expect(hand.begun).toBe(1);
  schedule.committed();
  expect(hand.begun).toBe(2);
});

it('goes on writing when the clock is set back', async () => {
  const { hand, schedule, writeOnce } = scheduleByHand();
  await writeOnce(100);
  hand.clock -= 86_400_000;
  schedule.committed();
  schedule.committed();
  expect(hand.begun).toBe(2);
  // While it is written, too: that took no time then, rather than less than none.
  hand.clock -= 86_400_000;
  hand.finish();
  await schedule.settled();
  schedule.committed();
  schedule.committed();
  expect(hand.begun).toBe(3);
});

it('is settled while nothing is written, and not before what is written is done', async () => {
  const { hand, schedule } = scheduleByHand();
  await schedule.settled();
  schedule.committed();
  schedule.committed();
  let settled = false;
  const waiting = schedule.settled().then(() => {
    settled = true;
  });
  await Promise.resolve();
  expect(settled).toBe(false);
  hand.finish();
  await waiting;
  expect(settled).toBe(true);
});
