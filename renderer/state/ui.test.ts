import { expect, it } from 'vitest';
import { formatHash, readHash } from './ui.ts';

it('reads a place and its parameters from the address', () => {
  expect(readHash('#/history?run=17&tab=audit')).toEqual({
    place: 'history',
    params: { run: '17', tab: 'audit' },
  });
});

it('takes anything unknown for the first place', () => {
  for (const hash of ['', '#', '#/', '#/nowhere', '#place', '#/__proto__']) {
    expect(readHash(hash).place).toBe('today');
  }
});

it('reads back what it writes', () => {
  const params = { text: 'a&b=c #?', run: '1' };
  expect(readHash(formatHash('regimes', params))).toEqual({ place: 'regimes', params });
  expect(formatHash('data')).toBe('#/data');
});
