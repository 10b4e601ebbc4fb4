// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import type { GridOptionsDto, SeriesDto } from '../../../engine/contract/dto/index.ts';
import { parseSearchSpec } from '../../../engine/contract/search.ts';
import { useQueues, useWorkspace } from '../../state/index.ts';
import { type AskedCall, refusal, show, standInHost } from '../../testing/render.tsx';
import { editsOf } from '../draft.ts';
import { clearDraft, editRules, openSearchText, searchAxes, useSearchDraft } from './draft.ts';
import { SearchForm } from './index.tsx';
import { requestOf } from './request.ts';

const SERIES = [{ symbol: 'EURUSD', timeframe: 'H1' }] as unknown as readonly SeriesDto[];
const OPTIONS = {
  modelTypes: [
    {
      name: 'forest',
      title: 'Forest',
      description: '',
      hyperparameters: { properties: { trees: { type: 'integer', minimum: 1, default: 100 } } },
      space: [{ name: 'trees', type: 'int', low: 50, high: 300, log: false, choices: [] }],
    },
    { name: 'plain', title: 'Plain', description: '', hyperparameters: { properties: {} }, space: [] },
  ],
  encoders: ['normalized', 'absolute'],
  indicators: [],
  timeframes: ['H1'],
  strategies: 135,
} as unknown as GridOptionsDto;

let asked: AskedCall[];
beforeEach(() => {
  asked = standInHost();
  clearDraft();
  useWorkspace.setState({ options: OPTIONS, settings: undefined, error: undefined });
  useQueues.setState({ queues: [] });
});

const lastOf = (method: string) => asked.filter((call) => call.method === method).at(-1);
const group = (name: string) => screen.queryByRole('group', { name });
const openSpace = async () => {
  show(<SearchForm series={SERIES} link="" />);
  await userEvent.click(screen.getByRole('checkbox', { name: 'Forest' }));
  await userEvent.click(screen.getByRole('button', { name: 'Space of Forest' }));
  // It unfolds.
  await screen.findByRole('group', { name: 'trees' });
};
const choose = async (name: string, option: string) => {
  await userEvent.click(await screen.findByRole('combobox', { name: `${name}: how it is searched` }));
  await userEvent.click(await screen.findByRole('option', { name: option }));
};
const drafted = () => requestOf(searchAxes.getState().draft, useSearchDraft.getState()).search;
const searchOf = (more: object) => ({
  name: 'a',
  model_types: ['forest'],
  symbols: ['EURUSD'],
  timeframes: ['H1'],
  days_history: [90],
  horizons: [6],
  ...more,
});
const open = async (more: object) => {
  const search = parseSearchSpec(searchOf(more));
  const opened = openSearchText('…', 'SEARCH.yaml');
  lastOf('search.read')!.answer(search);
  await act(() => opened);
  return search;
};

it('offers what trials by Sharpe vary beside hyper-parameters, and nothing of it by default', async () => {
  await openSpace();
  expect(group('Horizon')).toBeNull();
  act(() => editRules({ objective: 'sharpe' }));
  for (const name of ['Target', 'Horizon', 'Days', 'Encoder']) expect(group(name)).not.toBeNull();
  expect(within(group('Horizon')!).getByText('6')).toBeTruthy();
  expect(drafted()).not.toHaveProperty('space');
  await choose('Horizon', 'Range');
  await choose('Encoder', 'Choices');
  expect(drafted()!.space).toEqual({
    forest: { horizon: { type: 'int', low: 3, high: 12 }, encoder: ['normalized', 'absolute'] },
  });
  expect(screen.getByText('3 searched, changed')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Default of Horizon' }));
  await choose('Encoder', 'Leave alone');
  expect(drafted()!.space ?? {}).toEqual({});
});

it('offers it of a model type that has no hyper-parameters', async () => {
  show(<SearchForm series={SERIES} link="" />);
  await userEvent.click(screen.getByRole('checkbox', { name: 'Plain' }));
  expect(screen.queryByRole('button', { name: 'Space of Plain' })).toBeNull();
  act(() => editRules({ objective: 'sharpe' }));
  await userEvent.click(screen.getByRole('button', { name: 'Space of Plain' }));
  expect(await screen.findByRole('group', { name: 'Horizon' })).toBeTruthy();
});

it('has multiples only where a target that is tried has exits', async () => {
  act(() => editRules({ objective: 'sharpe' }));
  await openSpace();
  expect(group('Take-profit')).toBeNull();
  act(() => editsOf(searchAxes).editList('targets', ['outcome 3:1.5']));
  expect(within(group('Stop-loss')!).getByText('1.5')).toBeTruthy();
  await choose('Take-profit', 'Range');
  expect(drafted()!.space).toEqual({ forest: { take_profit: { type: 'float', low: 1.5, high: 6 } } });
  // What is tried of targets comes before what the axis says.
  await choose('Target', 'Choices');
  const targets = screen.getByRole('combobox', { name: 'Target, choices' });
  await userEvent.type(targets, '{Backspace}{Backspace}');
  expect(group('Stop-loss')).toBeNull();
  // It was set, and stays in sight.
  expect(group('Take-profit')).not.toBeNull();
  await userEvent.type(targets, 'barrier 2:0.5,');
  expect(drafted()!.space!.forest!.target).toEqual(['return', 'direction', 'barrier 2:0.5']);
  expect(within(group('Stop-loss')!).getByText('0.5')).toBeTruthy();
});

it('keeps what a file says under another objective, with the refusal at its field', async () => {
  await open({ space: { forest: { horizon: { type: 'int', low: 2, high: 9 } } } });
  show(<SearchForm series={SERIES} link="" />);
  await waitFor(() => expect(lastOf('search.preview')).toBeDefined(), { timeout: 3000 });
  const message = "horizon can't be searched by spearman: it changes the labels";
  await act(async () => lastOf('search.preview')!.refuse(refusal({ path: 'space.forest.horizon', message })));
  const row = await screen.findByRole('group', { name: 'Horizon' });
  expect(within(row).getByText(message)).toBeTruthy();
  expect(group('Days')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Default of Horizon' }));
  expect(group('Horizon')).toBeNull();
});

it('carries what a file says to files and terminals', async () => {
  const horizon = { type: 'int', low: 2, high: 9 };
  const rest = {
    target: ['return', 'barrier 2:1'],
    take_profit: { type: 'float', low: 0.5, high: 3, when: { target: 'barrier 2:1' } },
    stop_loss: [1, 2],
    days_history: null,
    encoder: ['absolute'],
  };
  const search = await open({ objective: 'sharpe', space: { forest: { horizon, ...rest } } });
  expect(parseSearchSpec(drafted())).toEqual(search);
  // As lists are called in a grid file.
  await open({ objective: 'sharpe', space: { forest: { horizons: horizon, ...rest } } });
  expect(parseSearchSpec(drafted())).toEqual(search);
  // The engine says that it is there twice.
  await open({ objective: 'sharpe', space: { forest: { horizon, horizons: [4] } } });
  expect(Object.keys(drafted()!.space!.forest!)).toEqual(['horizon', 'horizons']);
});
