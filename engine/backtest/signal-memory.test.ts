import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SignalMemory } from './signal-memory.ts';

test('finds the first of the same signals, whatever their hash', () => {
  const mask = fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(mask, { maxLength: 40 }), fc.array(mask, { maxLength: 40 }), (before, signals) => {
      const memory = new SignalMemory(3);
      for (const [owner, s] of before.entries()) memory.firstWith(Int32Array.from(s), owner);
      memory.clear();
      signals.forEach((s, owner) => {
        const first = signals.findIndex((other) => other.join() === s.join());
        expect(memory.firstWith(Int32Array.from(s), owner)).toBe(first);
      });
    }),
  );
});
