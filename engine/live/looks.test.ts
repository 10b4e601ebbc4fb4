import { expect, it } from 'vitest';
import { createLooks } from './looks.ts';

/** Looks that end when they are told to. */
function told() {
  const under: PromiseWithResolvers<void>[] = [];
  const failures: string[] = [];
  const looks = createLooks(
    () => {
      const one = Promise.withResolvers<void>();
      under.push(one);
      return one.promise;
    },
    (error) => failures.push(error.message),
  );
  return { looks, under, failures };
}

it('looks once more for all who asked while it was looking', async () => {
  const { looks, under } = told();
  const first = looks.look();
  const others = [looks.look(), looks.look(), looks.look()];
  expect(under).toHaveLength(1);
  under[0]!.resolve();
  await expect.poll(() => under.length).toBe(2);
  expect(looks.isLooking).toBe(true);
  under[1]!.resolve();
  await Promise.all([first, ...others]);
  expect(under).toHaveLength(2);
  expect(looks.isLooking).toBe(false);
});

it('tells what failed, goes on, and never rejects', async () => {
  const { looks, under, failures } = told();
  const first = looks.look();
  void looks.look();
  under[0]!.reject(new Error('no candles'));
  await expect.poll(() => under.length).toBe(2);
  under[1]!.resolve();
  await first;
  expect(failures).toEqual(['no candles']);
});

it('begins none once it has ended, and says nothing of the last one', async () => {
  const { looks, under, failures } = told();
  void looks.look();
  void looks.look();
  looks.end();
  under[0]!.reject(new Error('closed'));
  await looks.idle();
  expect({ looks: under.length, failures, isEnded: looks.isEnded }).toEqual({
    looks: 1,
    failures: [],
    isEnded: true,
  });
});
