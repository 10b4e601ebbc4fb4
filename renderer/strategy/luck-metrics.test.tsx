// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { LuckDto } from '../../engine/contract/dto/index.ts';
import { show } from '../testing/render.tsx';
import { LuckMetrics } from './luck-metrics.tsx';

const LUCK: LuckDto = {
  sharpe: 4.63,
  marketP: 0.052,
  deflatedSharpe: 0.61,
  tries: 4320,
  effectiveTries: 812.4,
  overfitting: { pbo: 0.46, lossOutOfSample: 0.61, strategies: 2000 },
  trackRecord: { needed: 900, bars: 410 },
  missing: null,
};

const NONE: LuckDto = {
  sharpe: null,
  marketP: null,
  deflatedSharpe: null,
  tries: null,
  effectiveTries: null,
  overfitting: null,
  trackRecord: null,
  missing: 'What 3 models tried here before is not counted.',
};

const figures = () =>
  Object.fromEntries(
    screen.getAllByRole('term').map((term) => [term.textContent, term.nextElementSibling?.textContent]),
  );

it('says what luck alone makes of a champion', () => {
  show(<LuckMetrics champion={{ p: 0.012, luck: LUCK }} label="Luck" />);
  expect(figures()).toEqual({
    p: '0.0120.052 in its market',
    Luck: '4.6',
    'Deflated Sharpe': '0.61',
    PBO: '0.460.2 to 0.8 without an edge; loses in 0.61',
    'Track record': 'needs 900has 410 bars',
    Tries: '4,320worth 812',
  });
});

it('has dashes where that is not known, and says why', () => {
  show(<LuckMetrics champion={{ p: null, luck: NONE }} label="Luck" />);
  expect(new Set(Object.values(figures()))).toEqual(new Set(['–']));
  expect(screen.getByText(NONE.missing!)).toBeTruthy();
});
