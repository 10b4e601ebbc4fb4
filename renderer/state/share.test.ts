import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shareStructure } from './share.ts';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

it('changes no value, whatever was before', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, next) => {
      expect(JSON.stringify(shareStructure(before, copy(next)))).toBe(JSON.stringify(next));
    }),
  );
});

it('gives back what was before when nothing changed', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const before = copy(value);
      expect(Object.is(shareStructure(before, copy(value)), before)).toBe(true);
    }),
  );
});

it('keeps the parts that did not change', () => {
  const before = { a: { x: 1 }, b: [1, { y: 2 }] };
  const next = shareStructure(before, { a: { x: 1 }, b: [2, { y: 2 }] });
  expect(next).not.toBe(before);
  expect(next.a).toBe(before.a);
  expect(next.b[1]).toBe(before.b[1]);
});

it('knows entries of a list by their id when they move', () => {
  const before = [
    { id: 2, name: 'b' },
    { id: 1, name: 'a' },
  ];
  const next = shareStructure(before, [{ id: 3, name: 'c' }, ...copy(before)]);
  expect(next.map((entry) => entry.id)).toEqual([3, 2, 1]);
  expect(next[1]).toBe(before[0]);
  expect(next[2]).toBe(before[1]);
});
