// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import type { GridOptionsDto, SeriesDto, ValidationPreviewDto } from '../../../engine/contract/dto/index.ts';
import { EngineError } from '../../../engine/contract/errors.ts';
import { useQueues, useWorkspace } from '../../state/index.ts';
import { queueFixture } from '../../state/testing/queues.ts';
import { type AskedCall, show, standInHost } from '../../testing/render.tsx';
import { clearDraft } from './draft.ts';
import { ValidateForm } from './index.tsx';

const SERIES = [{ symbol: 'EURUSD', timeframe: 'H1' }] as unknown as readonly SeriesDto[];
const OPTIONS = {
  modelTypes: ['ridge', 'xgboost'].map((name) => ({
    name,
    title: name,
    description: '',
    hyperparameters: {},
  })),
} as unknown as GridOptionsDto;

const span = (from: string, to: string) => ({
  from: `${from}T00:00:00.000Z`,
  to: `${to}T00:00:00.000Z`,
  bars: 900,
});
const PREVIEW: ValidationPreviewDto = {
  scheme: 'quick',
  validations: [
    {
      symbol: 'EURUSD',
      timeframe: 'H1',
      title: 'xgboost EURUSD H1',
      regime: null,
      runId: null,
      champion: null,
      testPeriodDays: 60,
      trainDays: 180,
      expandingWindow: false,
      folds: [
        {
          index: 0,
          kind: 'rolling',
          counted: true,
          train: span('2025-01-01', '2025-06-30'),
          test: span('2025-06-30', '2025-08-29'),
          known: false,
        },
      ],
      missingFolds: 0,
      movedDays: 0,
    },
  ],
  toTrain: 1,
  estimate: { seconds: 90, bytes: 2048 },
  problems: [],
  notes: ['EURUSD H1: a note.'],
  next: null,
};

let asked: AskedCall[];
beforeEach(() => {
  asked = standInHost();
  clearDraft();
  useWorkspace.setState({ options: OPTIONS, champions: [], settings: undefined, error: undefined });
  useQueues.setState({ queues: [queueFixture({ id: 7, name: 'My grid' })] });
});

const last = () => asked.filter(({ method }) => method === 'validation.preview').at(-1);
const answered = async (input: object, preview: ValidationPreviewDto = PREVIEW) => {
  await waitFor(() => expect(last()?.input).toMatchObject(input), { timeout: 3000 });
  await act(async () => last()!.answer(preview));
};
const start = () => screen.getByRole('button', { name: 'Start validation' }) as HTMLButtonElement;

it('says live what would be computed, and starts exactly that', async () => {
  show(<ValidateForm series={SERIES} link="" />);
  await answered({ subject: { symbol: 'EURUSD', timeframe: 'H1', modelType: 'xgboost' }, scheme: 'quick' });
  expect(screen.getByText('1 fold, 1 model to train')).toBeTruthy();
  expect(screen.getByText(/^About 1 m(in)? 30 s.* and 2/)).toBeTruthy();
  expect(screen.getByText('EURUSD H1: a note.')).toBeTruthy();
  expect(
    within(screen.getByRole('table', { hidden: true })).getByText('2025-06-30 to 2025-08-29'),
  ).toBeTruthy();

  await userEvent.click(screen.getByRole('radio', { name: /^Full/ }));
  expect(start().disabled).toBe(true);
  await answered({ scheme: 'full' });
  await waitFor(() => expect(start().disabled).toBe(false));
  await userEvent.click(start());
  expect(asked.at(-1)).toMatchObject({
    method: 'validation.create',
    input: { subject: { symbol: 'EURUSD' }, scheme: 'full', enqueue: true, yes: false },
  });
});

it('says in words what stands in the way, and starts nothing', async () => {
  show(<ValidateForm series={SERIES} link="EURUSD/H1" />);
  await answered(
    { scheme: 'quick' },
    { ...PREVIEW, validations: [], problems: ['EURUSD H1: One fold needs 300 days.'] },
  );
  expect(screen.getByText('EURUSD H1: One fold needs 300 days.')).toBeTruthy();
  expect(start().disabled).toBe(true);
  await userEvent.click(screen.getByRole('radio', { name: 'A run' }));
  expect(screen.getByText('Choose a run: its number, or its UUID.')).toBeTruthy();
  await userEvent.type(screen.getByLabelText('Run'), '99');
  await waitFor(() => expect(last()?.input).toMatchObject({ subject: { runId: '99' } }), { timeout: 3000 });
  await act(async () => last()!.refuse(new EngineError('not-found', 'There is no run 99.')));
  expect(screen.getByText('There is no run 99.')).toBeTruthy();
  expect(start().disabled).toBe(true);
});

it.each([
  ['EURUSD/H1/bull', { subject: { champion: 'EURUSD/H1/bull' }, scheme: 'own' }],
  ['run:0198-ab', { subject: { runId: '0198-ab' }, scheme: 'own' }],
  ['champions', { subject: { champions: 'all' }, scheme: 'own' }],
  ['job:7', { subject: { grid: { model_types: ['ridge'] } }, scheme: 'own' }],
])('opens with %s', async (link, input) => {
  show(<ValidateForm series={SERIES} link={link} />);
  await answered(input);
});
