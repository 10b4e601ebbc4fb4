// @vitest-environment jsdom
import { act, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { ChampionRobustnessDto, RobustnessDto } from '../../engine/contract/dto/index.ts';
import { type AskedCall, show, standInHost } from '../testing/render.tsx';
import { Robustness } from './robustness.tsx';
import { robustnessRows, scaleOf } from './robustness-rows.ts';

const TESTED: RobustnessDto = {
  scoredBy: 'sharpe',
  breakEven: 0,
  own: { score: 4, trades: 40 },
  neighbors: [
    { axis: 'lookbackWindow', value: 50, score: 3, trades: 40 },
    { axis: 'predictionMethod', value: 'direct_multi', score: -1, trades: 38 },
  ],
  neighborMedian: 1,
  neighborRatio: 0.25,
  costs: [
    { factor: 1.5, score: 2.5, trades: 40 },
    { factor: 2, score: -0.5, trades: 40 },
  ],
  late: { score: null, trades: 0 },
  withoutBest: { part: 0.05, score: 2, trades: 38 },
  random: {
    sets: 1000,
    percentile: 0.934,
    quantiles: [
      { part: 0.05, score: -2 },
      { part: 0.5, score: -0.1 },
      { part: 0.95, score: 2.2 },
    ],
  },
};
const CHAMPION = 'EURUSD/H1/bull_trending';

const rows = () =>
  within(screen.getByRole('list'))
    .getAllByRole('listitem')
    .map((item) => item.textContent);

it('says each test with its score, and what lies behind the median of the neighbors', () => {
  standInHost();
  show(<Robustness champion={{ champion: CHAMPION, robustness: TESTED }} />);
  expect(rows()).toEqual([
    'As chosen40 trades4.00',
    'Neighbors, median25 % of it, 2 strategies a step away1.00',
    'Costs × 1.52.50',
    expect.stringMatching(/^Costs × 2.0\.50$/),
    'Entries one bar late0 trades–',
    'Without the best 5 %38 trades2.00',
    expect.stringMatching(/^Random entries, median1,000 sets; the band holds nine of ten.0\.10$/),
  ]);
  const region = screen.getByRole('region', { name: 'Robustness' }).textContent;
  expect(region).toContain('Better than 93.4 % of random entries');
  expect(region).toMatch(/Neighbors, weakest first: prediction direct multi: .1\.00; lookback 50: 3\.00\./);
});

it('says how likely it survives, where a model in production does', () => {
  standInHost();
  const survival = { version: '20261129_143022', probability: 0.312, baseRate: 0.29, breakEven: 0.481 };
  show(<Robustness champion={{ champion: CHAMPION, robustness: TESTED, survival }} />);
  expect(
    screen.getByText(/^Survives: 31 %, base rate 29 %\. .* version 20261129_143022 .* from 48 % on\.$/),
  ).toBeTruthy();
});

it('tests a champion that was not tested, by its name, and shows other symbols', async () => {
  const asked = standInHost();
  show(<Robustness champion={{ champion: CHAMPION, robustness: null }} />);
  expect(screen.queryByRole('list')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Test robustness' }));
  const [call] = asked as [AskedCall];
  expect(call).toMatchObject({ method: 'champions.robustness', input: { champion: CHAMPION } });
  const symbols = [
    { symbol: 'GBPUSD', run: 7, score: 1.25, trades: 33, missing: null },
    {
      symbol: 'USDJPY',
      run: null,
      score: null,
      trades: 0,
      missing: 'this configuration was not trained on it',
    },
  ];
  await act(async () => call.answer([{ robustness: TESTED, symbols } as unknown as ChampionRobustnessDto]));
  expect(rows().at(-1)).toBe('GBPUSD33 trades1.25');
  expect(screen.getByRole('region', { name: 'Robustness' }).textContent).toContain(
    'USDJPY: this configuration was not trained on it.',
  );
  expect(screen.queryByRole('button')).toBeNull();
});

it('has one axis for all rows, from the lowest to the highest of what is drawn', () => {
  const scale = scaleOf(robustnessRows(TESTED), 0);
  expect([-2, 0, 4].map((score) => scale.at(score))).toEqual([0, expect.closeTo(100 / 3, 9), 100]);
  expect(scaleOf([], 0.5).at(0.5)).toBe(0);
});
