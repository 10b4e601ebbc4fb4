// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { StakeDto } from '../../engine/contract/dto/index.ts';
import { show } from '../testing/render.tsx';
import { StakeMetrics } from './stake-metrics.tsx';

const STAKE: StakeDto = {
  roi: 0.04,
  hitRate: 0.55,
  hitRateTp1: null,
  averageWin: 0.00234,
  averageLoss: 0.00151,
  profitFactor: 1.4,
  kelly: { fraction: 0.061, error: 0.052, halved: 0.0305 },
  longestLosingStreak: 4,
};
const texts = () => screen.getAllByRole('definition').map((figure) => figure.textContent);

it('shows the composite score, and what was made of what was at risk', () => {
  show(<StakeMetrics stake={STAKE} composite={0.62} label="Stakes" />);
  expect(texts()).toEqual(['0.62breaks even at 0.5', '4.0 %', '3.1 %6.1 ± 5.2 %', '0.234 %', '0.151 %', '4']);
});

it('advises no stake below 30 trades, and has dashes where there was none', () => {
  show(
    <StakeMetrics
      stake={{
        ...STAKE,
        roi: null,
        averageWin: null,
        averageLoss: null,
        longestLosingStreak: null,
        kelly: null,
      }}
      composite={null}
      label="Stakes"
    />,
  );
  expect(texts()).toEqual(['–breaks even at 0.5', '–', '–from 30 trades on', '–', '–', '–']);
});
