import { expect, it } from 'vitest';
import type { ChampionDto, RobustnessDto } from '../../engine/contract/dto/index.ts';
import { championsOf, funnelColumns, isRobust, luckSentence, verdictCounts } from './funnel.ts';

const champion = (change: Partial<ChampionDto> = {}) =>
  ({
    symbol: 'EURUSD',
    timeframe: 'H1',
    p: 0.4,
    verdict: 'none',
    robustness: null,
    outOfSample: null,
    ...change,
  }) as ChampionDto;

const outcome = (score: number | null) => ({ score, trades: 40 });
const tested = (change: Partial<RobustnessDto> = {}): RobustnessDto => ({
  scoredBy: 'sharpe',
  breakEven: 0,
  own: outcome(3),
  neighbors: [],
  neighborMedian: 1,
  neighborRatio: 0.3,
  costs: [
    { factor: 1.5, ...outcome(2) },
    { factor: 2, ...outcome(1) },
  ],
  late: outcome(1),
  withoutBest: { part: 0.05, ...outcome(1) },
  random: { sets: 1000, percentile: 0.9, quantiles: [] },
  ...change,
});

it('says what luck alone would give, and what is above its mark', () => {
  const many = Array.from({ length: 40 }, (_, i) => champion({ p: i < 7 ? 0.05 : 0.06 }));
  expect(luckSentence(many)).toBe('Luck alone would give 2 of 40; 7 are above its mark.');
  expect(luckSentence(many.slice(6, 20))).toBe('Luck alone would give 0.7 of 14; 1 is above its mark.');
  expect(luckSentence([champion()])).toBe('Luck alone would give 0.1 of 1; none is above its mark.');
  expect(luckSentence([champion({ p: null })])).toContain('not counted');
  expect(luckSentence([])).toContain('no champions yet');
});

it('counts as robust only what still earns under each test', () => {
  expect(isRobust(champion({ robustness: tested() }))).toBe(true);
  expect(isRobust(champion())).toBe(false);
  for (const change of [
    { costs: [{ factor: 2, ...outcome(0) }] },
    { costs: [] },
    { late: outcome(null) },
    { withoutBest: { part: 0.05, ...outcome(-1) } },
    { neighborMedian: -0.1 },
  ]) {
    expect(isRobust(champion({ robustness: tested(change) })), JSON.stringify(change)).toBe(false);
  }
});

it('has no column for what is known of no champion', () => {
  const keys = (all: readonly ChampionDto[]) => funnelColumns(all).map(({ key }) => key);
  expect(keys([champion()])).toEqual(['tried', 'eligible', 'positive', 'won', 'above']);
  const outOfSample = { sharpe: 1 } as ChampionDto['outOfSample'];
  expect(keys([champion({ robustness: tested(), outOfSample })])).toEqual([
    'tried',
    'eligible',
    'positive',
    'won',
    'above',
    'robust',
    'validated',
  ]);
});

it('opens exactly what it counts', () => {
  const all = [champion({ verdict: 'strong', p: 0.001 }), champion(), champion({ p: null })];
  expect(championsOf(all, 'won')).toHaveLength(3);
  expect(championsOf(all, 'above')).toEqual([all[0]]);
  expect(championsOf(all, 'verdict none')).toEqual([all[1], all[2]]);
  expect(verdictCounts(all)).toEqual([
    { verdict: 'strong', count: 1 },
    { verdict: 'none', count: 2 },
  ]);
});
