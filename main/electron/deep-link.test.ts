import { beforeEach, describe, expect, test, vi } from 'vitest';
import { claimLinks, readLink } from './deep-link.ts';

const electron = vi.hoisted(() => ({ isPackaged: true, setAsDefaultProtocolClient: vi.fn() }));
vi.mock('electron', () => ({ app: electron }));
beforeEach(() => electron.setAsDefaultProtocolClient.mockClear());

describe('a link', () => {
  test.each([
    ['regimen://today', { place: 'today', params: {} }],
    ['regimen://queue/', { place: 'queue', params: {} }],
    ['REGIMEN://data', { place: 'data', params: {} }],
    ['regimen://run/17', { place: 'history', params: { run: '17' } }],
    ['regimen://job/3', { place: 'queue', params: { queue: '3' } }],
    [
      'regimen://champion/EURUSD/H1/bull_trending',
      { place: 'evidence', params: { champion: 'EURUSD/H1/bull_trending' } },
    ],
    ['regimen://model/night%20ridge', { place: 'registry', params: { name: 'night ridge' } }],
  ])('%s leads there', (link, target) => {
    expect(readLink(link)).toEqual(target);
  });

  test.each([
    'regimen://nowhere',
    'regimen://',
    'regimen:',
    'regimen://constructor',
    'regimen://__proto__/1',
    'regimen://run',
    'regimen://run/1/2',
    'regimen://run/1e3',
    'regimen://run/-1',
    'regimen://run/%31%0a',
    'regimen://champion/EURUSD/H1/..',
    'regimen://champion/EURUSD/%2e%2e%2f/x',
    'regimen://model/%3Cscript%3E',
    'regimen://model/%ff',
    'regimen://queue?new=1',
    'regimen://data?import=1',
    'regimen://history?filter=x',
    'regimen://queue#x',
    'regimen://user:word@queue',
    'regimen://queue:80',
    'regimen://queue/../run/1/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://regimen/queue',
    `regimen://model/${'a'.repeat(400)}`,
  ])('%s is refused, and what was expected is said', (link) => {
    expect(() => readLink(link)).toThrow(
      /^Expected a link such as regimen:\/\/PLACE, .+ found ".{1,330}"\.$/,
    );
  });
});

test('Windows is told of the scheme by an installed program, and by no other', () => {
  claimLinks('linux');
  claimLinks('darwin');
  electron.isPackaged = false;
  claimLinks('win32');
  expect(electron.setAsDefaultProtocolClient).not.toHaveBeenCalled();
  electron.isPackaged = true;
  claimLinks('win32');
  expect(electron.setAsDefaultProtocolClient.mock.calls).toEqual([['regimen']]);
});
