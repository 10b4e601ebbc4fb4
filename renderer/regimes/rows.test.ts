import { describe, expect, it } from 'vitest';
import type { RegimeDto } from '../../engine/contract/dto/index.ts';
import { champion } from '../testing/champion.ts';
import { regimeRows, standingText, standingWord } from './rows.ts';

const regime = (name: string, active = true): RegimeDto => ({
  name,
  title: name.toUpperCase(),
  description: '',
  active,
  rules: { returns: '> 0' },
});

const ALL = { symbol: null, timeframe: null };

describe('regimeRows', () => {
  it('shows every regime, those without a champion too, in their order', () => {
    const rows = regimeRows(
      [regime('calm'), regime('bull'), regime('old', false)],
      [champion({ regime: 'bull' })],
      ALL,
    );
    expect(rows.map((row) => [row.title, row.retired, row.champion?.regime])).toEqual([
      ['CALM', undefined, undefined],
      ['BULL', undefined, 'bull'],
      ['OLD', 'inactive', undefined],
    ]);
  });

  it('puts the best champion of a regime first and gives each row a key of its own', () => {
    const rows = regimeRows(
      [regime('bull')],
      [
        champion({ regime: 'bull', sharpe: 1 }),
        champion({ regime: 'bull', sharpe: 2, symbol: 'GBPUSD' }),
        champion({ regime: 'bull', sharpe: 1.5, timeframe: 'H4' }),
      ],
      ALL,
    );
    expect(rows.map((row) => row.champion?.sharpe)).toEqual([2, 1.5, 1]);
    expect(new Set(rows.map((row) => row.key)).size).toBe(3);
  });

  it('puts champions that stand aside last, whatever they scored', () => {
    const rows = regimeRows(
      [regime('bull')],
      [
        champion({ regime: 'bull', sharpe: 9, stale: 'its candles changed' }),
        champion({ regime: 'bull', sharpe: 1 }),
      ],
      ALL,
    );
    expect(rows.map((row) => row.champion?.sharpe)).toEqual([1, 9]);
  });

  it('keeps to the scope', () => {
    const champions = [
      champion({ regime: 'bull', symbol: 'EURUSD', timeframe: 'H1' }),
      champion({ regime: 'bull', symbol: 'EURUSD', timeframe: 'H4' }),
      champion({ regime: 'bull', symbol: 'GBPUSD', timeframe: 'H4' }),
    ];
    const shown = (scope: Parameters<typeof regimeRows>[2]) =>
      regimeRows([regime('bull')], champions, scope).map(
        ({ champion: c }) => c && `${c.symbol} ${c.timeframe}`,
      );
    expect(shown({ symbol: 'EURUSD', timeframe: null })).toEqual(['EURUSD H1', 'EURUSD H4']);
    expect(shown({ symbol: null, timeframe: 'H4' })).toEqual(['EURUSD H4', 'GBPUSD H4']);
    expect(shown({ symbol: 'GBPUSD', timeframe: 'H1' })).toEqual([null]);
  });

  it('still shows champions of a deleted regime', () => {
    const rows = regimeRows([regime('bull')], [champion({ regime: 'gone_away' })], ALL);
    expect(rows.map((row) => [row.title, row.retired])).toEqual([
      ['BULL', undefined],
      ['Gone away', 'deleted'],
    ]);
  });
});

it('says how the figures of a champion stand to those it was chosen with', () => {
  const scoredAgain = '2026-06-12T21:00:00.000Z';
  const standing = (of: Parameters<typeof champion>[0]) => {
    const one = champion({ regime: 'bull', ...of });
    return [standingWord(one), standingText(one)];
  };
  expect(standing({})).toEqual([null, null]);
  expect(standing({ scoredAgain })).toEqual(['scored again', expect.stringContaining('as of 2026-06-12.')]);
  expect(standing({ scoredAgain, outdated: 'the trading costs changed' })).toEqual([
    'to be scored again',
    'Since these figures were computed the trading costs changed: it is scored again before anyone competes with it.',
  ]);
  // A mark and a note of its own say that.
  expect(standing({ scoredAgain, stale: 'its candles changed' })).toEqual([null, null]);
});
