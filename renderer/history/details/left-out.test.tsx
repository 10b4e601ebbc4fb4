// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { LeftOutDto } from '../../../engine/contract/dto/index.ts';
import { show } from '../../testing/render.tsx';
import { LeftOut } from './left-out.tsx';

const FIGURES = { rmse: 0.5, mae: 0.4, r2: -0.01, rankIc: 0.042 };
const CLASSES: NonNullable<LeftOutDto['classes']> = {
  rows: 2920,
  positives: 730,
  accuracy: 0.62,
  baseRate: 0.75,
  balancedAccuracy: 0.52,
  balancedAccuracyError: 0.03,
  precision: 0.3,
  recall: 0.4,
  f1: 0.34,
  rocAuc: 0.53,
  rocAucError: null,
  logLoss: 0.57,
  baseLogLoss: 0.56,
  brier: 0.19,
  baseBrier: null,
  confusion: { truePositives: 1, falsePositives: 2, trueNegatives: 3, falseNegatives: 4 },
  calibration: [
    { forecast: 0.2, share: 0.15, count: 1460 },
    { forecast: 0.31, share: 0.35, count: 1460 },
  ],
};
const cells = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      [...within(row).getAllByRole('rowheader'), ...within(row).getAllByRole('cell')].map(
        (cell) => cell.textContent,
      ),
    );

it('shows classes of LONG and SHORT beside what a constant gets, with their errors', () => {
  show(
    <LeftOut
      models={[
        { side: 'long', ...FIGURES, classes: CLASSES },
        { side: 'short', ...FIGURES, classes: { ...CLASSES, accuracy: null } },
      ]}
    />,
  );
  const [long, short] = cells();
  expect(long!.slice(0, 6)).toEqual(['LONG', '2,920', '0.250', '0.620 (0.750)', '0.520 ± 0.030', '0.530']);
  expect(long!.slice(-2)).toEqual(['0.570 (0.560)', '0.190 (–)']);
  expect(short!.slice(0, 4)).toEqual(['SHORT', '2,920', '0.250', '– (0.750)']);
  expect(screen.getByText(/what always saying the larger class gets/)).toBeTruthy();
  expect(
    screen.getByRole('img', {
      name: 'Calibration, LONG. forecast 0.200, came 0.150; forecast 0.310, came 0.350',
    }),
  ).toBeTruthy();
  expect(screen.getByRole('figure', { name: 'Calibration, SHORT' })).toBeTruthy();
});

it('shows the rank correlation of models of results', () => {
  show(<LeftOut models={[{ side: 'long', ...FIGURES, classes: null }]} />);
  expect(cells()).toEqual([['LONG', '0.042', '0.500', '−0.010']]);
  expect(screen.queryByText(/larger class/)).toBeNull();
});
