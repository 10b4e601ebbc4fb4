// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import type { GridOptionsDto, SearchPreviewDto, SeriesDto } from '../../../engine/contract/dto/index.ts';
import { parseSearchSpec } from '../../../engine/contract/search.ts';
import { useQueues, useWorkspace } from '../../state/index.ts';
import { queueFixture } from '../../state/testing/queues.ts';
import { type AskedCall, refusal, show, standInHost } from '../../testing/render.tsx';
import { clearDraft, openSearchText, searchAxes, useSearchDraft } from './draft.ts';
import { SearchForm } from './index.tsx';
import { requestOf } from './request.ts';

const SERIES = [{ symbol: 'EURUSD', timeframe: 'H1' }] as unknown as readonly SeriesDto[];
const OPTIONS = {
  modelTypes: [
    {
      name: 'forest',
      title: 'Forest',
      description: '',
      hyperparameters: {
        properties: {
          trees: { type: 'integer', minimum: 1, default: 100 },
          share: { type: 'number', minimum: 0, maximum: 1, default: 1 },
          kind: { enum: ['a', 'b'], default: 'a' },
        },
      },
      space: [{ name: 'trees', type: 'int', low: 50, high: 300, log: false, choices: [] }],
    },
  ],
  encoders: ['normalized'],
  indicators: [],
  timeframes: ['H1'],
  strategies: 135,
} as unknown as GridOptionsDto;

const PREVIEW: SearchPreviewDto = {
  studies: [{ model: 'forest EURUSD H1', parameters: OPTIONS.modelTypes[0]!.space, trials: 100 }],
  trials: 100,
  workers: 2,
  estimate: { seconds: 90, measuredTrials: 40 },
};

let asked: AskedCall[];
beforeEach(() => {
  asked = standInHost();
  clearDraft();
  useWorkspace.setState({ options: OPTIONS, settings: undefined, error: undefined });
  useQueues.setState({ queues: [queueFixture({ id: 7, name: 'My grid' })] });
});

const lastOf = (method: string) => asked.filter((call) => call.method === method).at(-1);
const previewed = async (search: object) => {
  await waitFor(() => expect(lastOf('search.preview')?.input).toMatchObject({ search }), { timeout: 3000 });
  return lastOf('search.preview')!;
};
const answered = async (search: object) => {
  const call = await previewed(search);
  await act(async () => call.answer(PREVIEW));
};
const start = () => screen.getByRole('button', { name: 'Start search' }) as HTMLButtonElement;
const openSpace = async () => {
  await userEvent.click(screen.getByRole('checkbox', { name: 'Forest' }));
  await userEvent.click(screen.getByRole('button', { name: 'Space of Forest' }));
};
const retype = async (name: string, text: string) => {
  const field = screen.getByRole('textbox', { name });
  await userEvent.clear(field);
  if (text !== '') await userEvent.type(field, text);
};
const choose = async (name: string, option: string) => {
  await userEvent.click(await screen.findByRole('combobox', { name }));
  await userEvent.click(await screen.findByRole('option', { name: option }));
};

it('counts live what would be tried, and starts exactly that', async () => {
  show(<SearchForm series={SERIES} link="" />);
  expect(screen.getByText('Choose model types.')).toBeTruthy();
  await openSpace();
  await answered({ model_types: ['forest'], symbols: ['EURUSD'], timeframes: ['H1'], horizons: [6] });
  // What is left at its default is left out.
  expect((lastOf('search.preview')!.input as { search: object }).search).not.toHaveProperty('trials');
  expect(screen.getByText('1 study × 100 trials =', { exact: false })).toBeTruthy();
  expect(screen.getByText(/about 1 m(in)? 30 s.*measured on 40 trials here/)).toBeTruthy();
  expect(screen.getByText('trees 50 to 300')).toBeTruthy();
  await retype('Trials', '20');
  await retype('trees, to', '150');
  await userEvent.click(screen.getByLabelText('trees, on a logarithmic scale'));
  await answered({
    trials: 20,
    space: { forest: { trees: { type: 'int', low: 50, high: 150, log: true } } },
  });
  await waitFor(() => expect(start().disabled).toBe(false));
  await userEvent.click(start());
  expect(asked.at(-1)).toMatchObject({
    method: 'search.create',
    input: { enqueue: true, search: { trials: 20 } },
  });
});

it('leaves a parameter alone, at a value of its own, and searches what is left alone by default', async () => {
  show(<SearchForm series={SERIES} link="" />);
  await openSpace();
  expect(screen.getByText('1 searched')).toBeTruthy();
  await choose('trees: how it is searched', 'Leave alone');
  await userEvent.type(screen.getByRole('combobox', { name: 'trees, value' }), '80 ');
  await choose('share: how it is searched', 'Range');
  await choose('kind: how it is searched', 'Choices');
  await answered({
    hyperparameters: { forest: { trees: 80 } },
    space: { forest: { trees: null, share: { type: 'float', low: 0, high: 1 }, kind: ['a', 'b'] } },
  });
  expect(screen.getByText('2 searched, changed')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Default of trees' }));
  await waitFor(
    () => {
      const { search } = lastOf('search.preview')!.input as { search: Record<string, object> };
      expect(search).not.toHaveProperty('hyperparameters');
      expect(Object.keys((search.space as Record<string, object>).forest!)).toEqual(['share', 'kind']);
    },
    { timeout: 3000 },
  );
});

it('says at the field what is wrong, and starts nothing', async () => {
  show(<SearchForm series={SERIES} link="EURUSD/H1" />);
  await openSpace();
  const call = await previewed({ model_types: ['forest'] });
  await act(async () =>
    call.refuse(
      refusal(
        { path: 'space.forest.trees', message: 'expected a range that goes up' },
        { path: 'search.trials', message: 'expected at most 100000 trials' },
        { path: 'objective', message: 'log_loss judges probabilities' },
        { path: '', message: 'no candles' },
      ),
    ),
  );
  const space = within(screen.getByRole('group', { name: 'trees' }));
  expect(space.getByText('expected a range that goes up')).toBeTruthy();
  expect(screen.getByText('expected at most 100000 trials')).toBeTruthy();
  expect(screen.getByText('log_loss judges probabilities')).toBeTruthy();
  expect(screen.getByText('no candles')).toBeTruthy();
  expect(screen.getByText('Correct the fields that are marked.')).toBeTruthy();
  expect(start().disabled).toBe(true);
});

it('hands the same search to files and terminals', async () => {
  show(<SearchForm series={SERIES} link="" />);
  await openSpace();
  await answered({ model_types: ['forest'] });
  const clipboard = userEvent.setup();
  await clipboard.click(screen.getByRole('button', { name: 'Copy as …' }));
  await waitFor(() =>
    expect(lastOf('jobs.write')?.input).toMatchObject({
      request: { kind: 'search', search: { model_types: ['forest'] } },
    }),
  );
  const written = { command: 'regimen search SEARCH.yaml', http: 'curl', yaml: 'a: 1', file: 'SEARCH.yaml' };
  await act(async () => lastOf('jobs.write')!.answer(written));
  await clipboard.click(await screen.findByRole('menuitem', { name: 'Copy as command line' }));
  expect(await navigator.clipboard.readText()).toBe(written.command);
});

it.each([
  ['EURUSD/H4', { symbols: ['EURUSD'], timeframes: ['H4'] }],
  ['job:7', { model_types: ['ridge'] }],
])('opens with %s', async (link, lists) => {
  show(<SearchForm series={SERIES} link={link} />);
  await waitFor(() => expect(searchAxes.getState().draft.lists).toMatchObject(lists));
});

it('is what a file said, whatever that says', async () => {
  const search = parseSearchSpec({
    name: 'a',
    model_types: ['forest'],
    symbols: ['EURUSD'],
    timeframes: ['H1'],
    days_history: [90],
    horizons: [3],
    trials: 7,
    patience: 5,
    sampler: 'random',
    space: {
      forest: {
        trees: { type: 'int', low: 1, high: 9, log: true, when: { kind: ['a'] } },
        kind: ['a', 'b'],
        share: null,
      },
    },
  });
  const opened = openSearchText('…', 'SEARCH.yaml');
  lastOf('search.read')!.answer(search);
  await opened;
  const request = requestOf(searchAxes.getState().draft, useSearchDraft.getState());
  expect(parseSearchSpec(request.search)).toEqual(search);
});
