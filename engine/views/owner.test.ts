import { expect, test } from 'vitest';
import { ownerDto, ownerText } from './owner.ts';

const HERE = { host: 'laptop', pid: 4711, processStart: null };

test('what is stored of an owner is what is told of it', () => {
  const stored = JSON.stringify({ ...HERE, kind: 'command line', since: Date.UTC(2026, 0, 5, 12, 3, 4) });
  const owner = ownerDto(stored)!;
  expect(owner).toEqual({
    pid: 4711,
    host: 'laptop',
    kind: 'command line',
    since: '2026-01-05T12:03:04.000Z',
    isThis: false,
  });
  expect(ownerText(owner)).toBe('process 4711 on laptop (command line, since 2026-01-05 12:03 UTC)');
  expect(ownerDto(null)).toBeNull();
});

test('an owner of an earlier release, or of a later one, is told as far as it is known', () => {
  expect(ownerText(ownerDto(JSON.stringify(HERE))!)).toBe('process 4711 on laptop');
  const later = ownerDto(JSON.stringify({ ...HERE, kind: 'telephone', since: 'noon' }))!;
  expect([later.kind, later.since]).toEqual([null, null]);
});
