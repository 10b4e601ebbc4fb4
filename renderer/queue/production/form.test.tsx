// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import type { GridOptionsDto, SeriesDto, TrainingPlanDto } from '../../../engine/contract/dto/index.ts';
import { useQueues, useWorkspace } from '../../state/index.ts';
import { type AskedCall, refusal, show, standInHost } from '../../testing/render.tsx';
import { clearDraft } from './draft.ts';
import { TrainForm } from './index.tsx';

const SERIES = [{ symbol: 'EURUSD', timeframe: 'H1' }] as unknown as readonly SeriesDto[];
const OPTIONS = {
  modelTypes: ['ridge', 'xgboost'].map((name) => ({
    name,
    title: name,
    description: '',
    hyperparameters: {},
  })),
} as unknown as GridOptionsDto;
const PLAN: TrainingPlanDto = {
  names: [
    {
      name: 'EURUSD H1',
      title: 'xgboost EURUSD H1',
      days: 365,
      production: '20261128_143022',
      stages: [
        { stage: 'search', leftOut: true, text: 'No search is asked for.', models: 0 },
        { stage: 'train', leftOut: false, text: 'xgboost as it is.', models: 1 },
        { stage: 'compare', leftOut: false, text: 'With 20261128_143022.', models: 3 },
      ],
    },
  ],
  problems: [],
  skipped: [],
  notes: ['EURUSD H1: a note.'],
  estimate: { seconds: 90 },
};

let asked: AskedCall[];
beforeEach(() => {
  asked = standInHost();
  clearDraft();
  useWorkspace.setState({ options: OPTIONS, regimes: [], settings: undefined, error: undefined });
  useQueues.setState({ queues: [] });
});

const last = () => asked.filter(({ method }) => method === 'production.plan').at(-1);
const planned = async (input: object, plan: TrainingPlanDto = PLAN) => {
  await waitFor(() => expect(last()?.input).toEqual(input), { timeout: 3000 });
  await act(async () => last()!.answer(plan));
};
const start = () => screen.getByRole('button', { name: 'Start training' }) as HTMLButtonElement;
const DEFAULTS = {
  symbol: 'EURUSD',
  timeframe: 'H1',
  modelType: 'xgboost',
  target: 'direction',
  period: '5y',
};

it('says live what it would do, and starts exactly that', async () => {
  show(<TrainForm series={SERIES} link="" />);
  await planned(DEFAULTS);
  expect(screen.getByText('1 name, 4 models to train')).toBeTruthy();
  expect(screen.getByText(/^About 1 m(in)? 30 s/)).toBeTruthy();
  expect(screen.getByText('EURUSD H1: a note.')).toBeTruthy();
  const stages = within(screen.getByRole('list', { name: 'Stages of EURUSD H1' })).getAllByRole('listitem');
  expect(stages.map((one) => one.textContent)).toEqual([
    'SearchNo search is asked for.Left out',
    'Trainxgboost as it is.',
    'CompareWith 20261128_143022.',
  ]);
  await userEvent.click(screen.getByLabelText(/^Search its/));
  await userEvent.type(screen.getByLabelText('Trials'), '50');
  await userEvent.click(screen.getByLabelText(/^Force/));
  expect(screen.getByText(/^Not asked: the comparison with production/)).toBeTruthy();
  expect(start().disabled).toBe(true);
  const wanted = { ...DEFAULTS, optimize: true, trials: 50, force: true };
  await planned(wanted);
  await waitFor(() => expect(start().disabled).toBe(false));
  await userEvent.click(start());
  expect(asked.at(-1)).toMatchObject({ method: 'production.start', input: wanted });
});

it('tells a refusal at its field, and starts nothing', async () => {
  show(<TrainForm series={SERIES} link="EURUSD H1 bull_trending" />);
  await planned(
    { ...DEFAULTS, regime: 'bull_trending' },
    { ...PLAN, names: [], problems: [{ path: 'period', message: 'Import more history.' }] },
  );
  const field = screen.getByRole('combobox', { name: 'History' });
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText('Import more history.')).toBeTruthy();
  expect(start().disabled).toBe(true);
  await userEvent.type(screen.getByLabelText('Accuracy at least'), '2');
  await waitFor(() => expect(last()?.input).toMatchObject({ minAccuracy: 2 }), { timeout: 3000 });
  await act(async () => last()!.refuse(refusal({ path: 'minAccuracy', message: 'at most 1' })));
  expect(screen.getByText('at most 1')).toBeTruthy();
});

it('trains every name in production as it is', async () => {
  show(<TrainForm series={SERIES} link="all" />);
  await planned({});
  expect(screen.queryByRole('combobox', { name: 'Symbol' })).toBeNull();
});
