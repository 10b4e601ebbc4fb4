import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

const HERE = new AbortController().signal;

it('has as many at work as there are places, and the others in their order', async () => {
  const turns = createTurns(2);
  const begun: number[] = [];
  for (const who of [1, 2, 3, 4]) void turns.next(HERE).then(() => begun.push(who));
  await settled();
  expect(begun).toEqual([1, 2]);
  turns.over();
  await settled();
  expect(begun).toEqual([1, 2, 3]);
  turns.over();
  turns.over();
  turns.over();
  await settled();
  expect(begun).toEqual([1, 2, 3, 4]);
  // Two places again, and no more.
  void turns.next(HERE).then(() => begun.push(5));
  void turns.next(HERE).then(() => begun.push(6));
  void turns.next(HERE).then(() => begun.push(7));
  await settled();
  expect(begun).toEqual([1, 2, 3, 4, 5, 6]);
});

it('gives no turn to who went away, and loses none by it', async () => {
  const turns = createTurns(1);
  const [leaver, later] = [new AbortController(), new AbortController()];
  await turns.next(HERE);
  const left = turns.next(leaver.signal);
  const next = turns.next(later.signal);
  leaver.abort();
  expect(await left).toBe(false);
  turns.over();
  expect(await next).toBe(true);
  // Whose turn it is has it: to go away takes nothing from others.
  later.abort();
  turns.over();
  expect(await turns.next(HERE)).toBe(true);
  expect(await turns.next(leaver.signal)).toBe(false);
});

const settled = () => new Promise((resolve) => setImmediate(resolve));
