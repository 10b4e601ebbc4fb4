import { expect, it } from 'vitest';
import { CHAMPION_COLUMN_KEYS, CHAMPION_COLUMNS, CHAMPION_CONDITIONS } from '../contract/champion-columns.ts';
import { conditionsField } from '../contract/conditions.ts';
import type { ChampionDto } from '../contract/dto/index.ts';
import { arrangedChampions } from './champion-order.ts';

const champion = (run: string, change: Partial<ChampionDto>) =>
  ({
    runId: run,
    verdict: 'none',
    timeframe: 'H1',
    luck: { sharpe: 1 },
    stake: { roi: 0 },
    job: null,
    holdout: null,
    outOfSample: null,
    synthetic: false,
    ...change,
  }) as ChampionDto;

const LIST = [
  champion('a', { verdict: 'none', sharpe: 1, timeframe: 'H4', synthetic: true }),
  champion('b', { verdict: 'strong', sharpe: null, timeframe: 'M5' }),
  champion('c', { verdict: 'contradicted', sharpe: 2 }),
];
const filter = (text: string) => conditionsField(CHAMPION_CONDITIONS).parse(text);
const names = (list: readonly ChampionDto[]) => list.map(({ runId }) => runId).join('');

it('orders champions by a column, what has no value last', () => {
  expect(names(arrangedChampions(LIST, { sort: 'sharpe', descending: true }))).toBe('cab');
  expect(names(arrangedChampions(LIST, { sort: 'sharpe', descending: false }))).toBe('acb');
  expect(names(arrangedChampions(LIST, { sort: 'verdict', descending: true }))).toBe('bac');
  expect(names(arrangedChampions(LIST, { sort: 'timeframe', descending: false }))).toBe('bca');
  expect(names(arrangedChampions(LIST, { descending: true }))).toBe('abc');
});

it('keeps those that match', () => {
  const kept = (text: string) => names(arrangedChampions(LIST, { filter: filter(text), descending: true }));
  expect(kept('verdict = none')).toBe('a');
  expect(kept('verdict = no evidence|strong')).toBe('ab');
  expect(kept('sharpe > 0')).toBe('ac');
  expect(kept('synthetic = no, timeframe = h1')).toBe('c');
  expect(kept('verdict ~ none')).toBe('a');
});

it('has a value and a name in files for each column', () => {
  expect(new Set(CHAMPION_COLUMN_KEYS).size).toBe(CHAMPION_COLUMNS.length);
  for (const { files } of CHAMPION_COLUMNS) expect(files.length).toBeGreaterThan(0);
});
