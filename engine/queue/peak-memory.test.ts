import { expect, test } from 'vitest';
import { createPeakMemory } from './peak-memory.ts';

test('the most that was seen is kept, whatever is held later, and through passes', () => {
  let held = 300;
  const memory = createPeakMemory(null, () => held);
  expect(memory.bytes).toBe(300);
  held = 500;
  memory.look();
  held = 200;
  memory.look();
  expect(memory.bytes).toBe(500);
  const next = createPeakMemory(memory.bytes, () => held);
  expect(next.bytes).toBe(500);
});
