// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { ClassShareDto } from '../../engine/contract/dto/index.ts';
import { show } from '../testing/render.tsx';
import { ClassShares } from './class-shares.tsx';

const LONG: ClassShareDto = {
  symbol: 'EURUSD',
  timeframe: 'H1',
  target: 'barrier 2:1',
  side: 'long',
  horizon: 12,
  daysHistory: 180,
  rows: 2810,
  positives: 871,
};

it('says of each model what its class 1 is, and what a constant gets', () => {
  const rise: ClassShareDto = { ...LONG, target: 'direction', side: 'both', horizon: 1, positives: 1433 };
  show(<ClassShares shares={{ told: [LONG, rise], untold: 3, uncounted: 1 }} />);
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    'EURUSD H1, barrier 2:1 LONG, 12 bars: 31 % of 2,810 rows reach the take-profit; always saying the same is right in 69 %',
    'EURUSD H1, direction, 1 bar: 51 % of 2,810 rows rise; always saying the same is right in 51 %',
    'and 3 more',
    '1 more market with its target and horizon would take long to count: training does it',
  ]);
});

it('is not there for a grid without classes', () => {
  show(<ClassShares shares={{ told: [], untold: 0, uncounted: 0 }} />);
  expect(screen.queryByText('What classes hold')).toBeNull();
});
