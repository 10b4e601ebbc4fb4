import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { digestOf, uuidFrom } from './digest.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

it('digests canonical JSON: key order and spelling of numbers do not count, order in lists does', () => {
  expect(digestOf({ b: 1.0, a: [1, 'x'] })).toBe(sha256('{"a":[1,"x"],"b":1}'));
  expect(digestOf({ a: [1, 'x'], b: 1 })).toBe(digestOf({ b: 1, a: [1, 'x'] }));
  expect(digestOf(['x', 1])).not.toBe(digestOf([1, 'x']));
});

it('refuses what has no JSON form', () => {
  expect(() => digestOf(undefined)).toThrow(TypeError);
});

it('makes UUIDs of version 8 that are stable and differ', () => {
  const digests = Array.from({ length: 200 }, (_, i) => sha256(String(i)));
  const uuids = digests.map(uuidFrom);
  expect(new Set(uuids).size).toBe(200);
  for (const uuid of uuids) {
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  expect(digests.map(uuidFrom)).toEqual(uuids);
});
