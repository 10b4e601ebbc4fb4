// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { SearchDto, TrialDto } from '../../engine/contract/dto/index.ts';
import { bestSoFar } from '../charts/trial-history.tsx';
import { queueFixture } from '../state/testing/queues.ts';
import { followHash } from '../state/ui.ts';
import { show, standInHost } from '../testing/render.tsx';
import { bestAsGrid, bestParameters } from './search/best-as-grid.ts';
import { SearchTrials } from './search-trials.tsx';

function trialOf(trial: number, value: number | null, changes: Partial<TrialDto> = {}): TrialDto {
  return {
    study: 0,
    trial,
    model: 'ridge EURUSD H1',
    side: null,
    state: 'completed',
    value,
    standardError: null,
    params: { alpha: trial },
    seconds: 1,
    auc: null,
    intermediate: [],
    sameAs: null,
    error: null,
    endedAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  };
}

const SEARCH: SearchDto = {
  queueId: 1,
  name: 'a search',
  objective: 'spearman',
  sampler: 'tpe',
  pruner: 'wilcoxon',
  folds: 4,
  seed: 7,
  workers: 2,
  current: null,
  studies: [
    {
      study: 0,
      model: 'ridge EURUSD H1',
      place: 'ridge EURUSD H1',
      side: null,
      configuration: {
        modelType: 'ridge',
        symbol: 'EURUSD',
        timeframe: 'H1',
        daysHistory: 90,
        horizon: 3,
        target: 'return',
        encoder: 'normalized',
        indicatorTimeframes: {},
        hyperparameters: { beta: 2 },
      } as SearchDto['studies'][number]['configuration'],
      parameters: [
        { name: 'alpha', type: 'float', low: 1, high: 9, log: false, choices: [], importance: 0.25 },
        { name: 'beta', type: 'float', low: 1, high: 9, log: false, choices: [], importance: 0.75 },
      ],
      done: 4,
      total: 20,
      best: { model: 'ridge EURUSD H1', side: null, trial: 3, value: 0.05, params: { alpha: 3 } },
      test: { runId: 'a-run', status: 'completed', sharpe: 1.25, sharpeError: 2.04, rankIc: 0.01 },
      finding: {
        kind: 'nothing',
        p: 0.4,
        luckSharpe: 3,
        tries: 675,
        text: 'Nothing here that luck would not give.',
      },
    },
  ],
  trials: [
    trialOf(1, 0.02),
    trialOf(2, 0.09, { state: 'pruned' }),
    trialOf(3, 0.05),
    trialOf(4, null, { state: 'failed', error: 'no bars' }),
  ],
};

it('shows how far a study came, its best, what matters, and its trials, newest first', async () => {
  const asked = standInHost();
  show(<SearchTrials queue={queueFixture({ kind: 'search' })} />);
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked.map(({ method, input }) => [method, input])).toEqual([['search.list', { queueId: 1 }]]);
  await act(async () => asked[0]!.answer([SEARCH]));
  expect(screen.getByText('4 of 20 trials, 4 folds, tpe, seed 7')).toBeTruthy();
  expect(screen.getByText(/^Best: trial 3, Spearman 0\.0500: Penalty 3/)).toBeTruthy();
  expect(screen.getByText('Sharpe 1.3 ± 2.0').getAttribute('href')).toBe('#/history?run=a-run');
  expect(screen.getByText(/Nothing here that luck would not give\./)).toBeTruthy();
  expect(
    await screen.findByRole('img', { name: /3 trials; the best, trial 3, has 0\.0500/ }, { timeout: 20_000 }),
  ).toBeTruthy();
  expect(screen.getByText(/What matters: beta 75\s?%, Penalty 25\s?%\./)).toBeTruthy();
  const rows = within(screen.getByRole('region', { name: /^Trial log of / }))
    .getAllByRole('row')
    .slice(1);
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^4Failed.*no bars$/),
    expect.stringMatching(/^3All folds0\.0500.*Penalty 3$/),
    expect.stringMatching(/^2Given up0\.0900.*Penalty 2$/),
    expect.stringMatching(/^1All folds0\.0200.*Penalty 1$/),
  ]);
});

it('is filtered by a click in a figure: the address says by what, and each condition goes at a press', async () => {
  const [only] = SEARCH.studies as [SearchDto['studies'][number]];
  const two = {
    ...SEARCH,
    studies: [only, { ...only, study: 1, model: 'lasso EURUSD H1' }],
    trials: [...SEARCH.trials, trialOf(3, 0.01, { study: 1, model: 'lasso EURUSD H1' })],
  };
  const asked = standInHost();
  const end = followHash();
  window.location.hash = '#/queue?queue=1';
  show(<SearchTrials queue={queueFixture({ kind: 'search' })} />);
  await waitFor(() => expect(asked).toHaveLength(1));
  await act(async () => asked[0]!.answer([two]));
  const numbers = (model: string) =>
    within(screen.getByRole('region', { name: `Trial log of ${model}` }))
      .getAllByRole('row')
      .slice(1)
      .map(({ firstElementChild }) => firstElementChild!.textContent);
  await waitFor(() => expect(numbers('ridge EURUSD H1')).toEqual(['4', '3', '2', '1']));

  // By keyboard: the figure's table has the trials as buttons.
  const slices = screen.getAllByRole('figure', { name: 'Slices' })[0]!;
  fireEvent.click(within(slices).getByRole('button', { name: 'Show Slices as table' }));
  fireEvent.click(within(slices).getByRole('button', { name: 'Show Trial 3' }));
  await waitFor(() => expect(numbers('ridge EURUSD H1')).toEqual(['3']));
  expect(new URLSearchParams(window.location.hash.split('?')[1]).get('trials')).toBe('study = 1, trial = 3');
  expect(numbers('lasso EURUSD H1')).toEqual([]);
  expect(screen.getByText('1 of 4 trials')).toBeTruthy();
  expect(screen.getByText('0 of 1 trial')).toBeTruthy();

  // Without the study it is the third trial of each.
  fireEvent.click(screen.getAllByRole('button', { name: 'Remove the filter Study = ridge EURUSD H1' })[0]!);
  await waitFor(() => expect(numbers('lasso EURUSD H1')).toEqual(['3']));

  window.location.hash = `#/queue?${new URLSearchParams({ queue: '1', trials: 'param.alpha >= 1.5, state = completed' })}`;
  await waitFor(() => expect(numbers('ridge EURUSD H1')).toEqual(['3']));
  expect(screen.getAllByRole('button', { name: /^Remove/ }).map(({ textContent }) => textContent)).toEqual([
    'Penalty ≥ 1.5',
    'State = All folds',
    'Penalty ≥ 1.5',
    'State = All folds',
  ]);
  fireEvent.click(screen.getAllByRole('button', { name: 'Clear Filters' })[0]!);
  await waitFor(() => expect(numbers('ridge EURUSD H1')).toEqual(['4', '3', '2', '1']));
  expect(window.location.hash).toBe('#/queue?queue=1');
  expect(screen.queryByRole('group', { name: 'Filter of trials' })).toBeNull();
  end();
});

it('never takes a trial that was given up for the best', () => {
  const point = (trial: number, value: number, isWhole = true) => ({ trial, value, isWhole, text: '' });
  const points = [point(3, 0.5), point(1, 0.2), point(2, 0.9, false), point(4, 0.1)];
  expect(bestSoFar(points, false).map(({ trial }) => trial)).toEqual([1, 3]);
  expect(bestSoFar(points, true).map(({ trial }) => trial)).toEqual([1, 4]);
});

it('makes of the best a grid of exactly that configuration, of LONG and SHORT each in its section', () => {
  const place = 'ridge EURUSD H1';
  expect(bestAsGrid(SEARCH, place)).toMatchObject({
    model_types: ['ridge'],
    symbols: ['EURUSD'],
    timeframes: ['H1'],
    days_history: [90],
    horizons: [3],
    targets: ['return'],
    hyperparameters: { ridge: { alpha: 3, beta: 2 } },
  });
  expect(bestParameters(SEARCH)).toEqual({ alpha: 3, beta: 2 });
  const [study] = SEARCH.studies as [SearchDto['studies'][number]];
  const { best } = study;
  const configuration = { ...study.configuration, target: 'barrier 2:1' } as typeof study.configuration;
  const sides = (short: typeof best) => ({
    ...SEARCH,
    studies: [
      { ...study, configuration, side: 'LONG' as const },
      { ...study, configuration, study: 1, side: 'SHORT' as const, best: short },
    ],
  });
  expect(bestAsGrid(sides({ ...best!, params: { alpha: 9 } }), place)!.hyperparameters).toEqual({
    ridge: { long: { alpha: 3, beta: 2 }, short: { alpha: 9, beta: 2 } },
  });
  expect(bestAsGrid(sides(null), place)).toBeNull();
});
