// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import type { GridPreviewDto } from '../../engine/contract/dto/index.ts';
import { show } from '../testing/render.tsx';
import { FormulaBar } from './formula-bar.tsx';

const PREVIEW: GridPreviewDto = {
  formula: '1 model x 1 symbol = 4 configurations - 2 impossible = 2 to train',
  axes: [],
  totalConfigs: 4,
  most: 100_000,
  alreadyTrained: 0,
  impossible: 2,
  toTrain: 2,
  backtests: 10,
  outdated: [],
  classes: { told: [], untold: 0, uncounted: 0 },
  estimate: { seconds: null, bytes: null, measuredRuns: 0 },
  notes: [],
};

function bar(preview: GridPreviewDto | undefined, impossible = 0) {
  const onSkipImpossible = vi.fn();
  show(
    <FormulaBar
      preview={preview}
      impossible={impossible}
      stale={false}
      waiting="Correct the fields that are marked."
      action="Generate Queue"
      busy={false}
      onSubmit={() => undefined}
      onSkipImpossible={onSkipImpossible}
    />,
  );
  return onSkipImpossible;
}

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const generate = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Generate Queue' });

it('leaves impossible configurations out with one click', async () => {
  const skip = bar(undefined, 2);
  expect(generate().disabled).toBe(true);
  await press('Leave out 2 impossible configurations');
  expect(skip.mock.calls).toEqual([[true]]);
});

it('counts what was left out, and takes it back', async () => {
  const skip = bar(PREVIEW);
  expect(screen.getByText('2 to train')).toBeTruthy();
  expect(generate().disabled).toBe(false);
  await press('Put back 2 impossible');
  expect(skip.mock.calls).toEqual([[false]]);
});

it('says that there is nothing new, and makes no queue of it', () => {
  bar({ ...PREVIEW, impossible: 0, alreadyTrained: 4, toTrain: 0 });
  expect(screen.getByText(/^Nothing new to train: all 4 are trained already\./)).toBeTruthy();
  expect(generate().disabled).toBe(true);
});
