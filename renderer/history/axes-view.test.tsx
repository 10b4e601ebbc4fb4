// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AxisScoresDto } from '../../engine/contract/dto/index.ts';
import { followHash, useUi } from '../state/ui.ts';
import { show, standInHost } from '../testing/render.tsx';
import { AxesView } from './axes-view.tsx';

const level = (label: string, filter: string) => ({ label, filter, rows: 2, median: 0.1, best: 0.2 });

function scoresOf(source: AxisScoresDto['source'], filters: readonly [string, string]): AxisScoresDto {
  const [first, second] = filters;
  return {
    source,
    score: source === 'runs' ? 'sharpe' : 'spearman',
    lowerIsBetter: false,
    rows: 2,
    unscored: 0,
    axes: [
      {
        key: 'alpha',
        title: 'alpha',
        isNumber: true,
        levels: [level('0.1', 'param.alpha = 0.1'), level('3', 'param.alpha = 3')],
        explained: 0.5,
      },
    ],
    map: null,
    lines: [
      { id: 17, label: 'First', filter: first, score: 0.2, levels: [0] },
      { id: 18, label: 'Second', filter: second, score: 0.1, levels: [1] },
    ],
  };
}

let end: () => void;
beforeEach(() => {
  end = followHash();
});
afterEach(() => end());

/** As the window has it: the address bar has it a moment sooner. */
const address = () => {
  const { place, params } = useUi.getState();
  return [`#/${place}`, params];
};

async function answered(hash: string, scores: AxisScoresDto) {
  window.location.hash = hash;
  await waitFor(() => expect(window.location.hash).toBe(hash));
  const asked = standInHost();
  await act(async () => show(<AxesView />));
  await waitFor(() => expect(asked.some(({ method }) => method === 'axes.scores')).toBe(true));
  await act(async () => asked.find(({ method }) => method === 'axes.scores')!.answer(scores));
}

/** Presses the row of a line in the table of parallel coordinates, as whoever has no mouse does. */
function pressLine(name: string) {
  const figure = screen.getByRole('figure', { name: 'Parallel coordinates' });
  fireEvent.click(within(figure).getByRole('button', { name: 'Show Parallel coordinates as table' }));
  fireEvent.click(within(figure).getByRole('button', { name: `Show ${name}` }));
}

it('leads from a value of a search to the trials that have it, and from a line to that trial', async () => {
  const scores = scoresOf('trials', ['study = 1, trial = 4', 'study = 2, trial = 4']);
  await answered('#/history?view=axes&job=7', scores);
  fireEvent.click(screen.getByRole('button', { name: '3' }));
  const trials = { queue: '7', trials: 'param.alpha = 3, state = completed' };
  await waitFor(() => expect(address()).toEqual(['#/queue', trials]));
});

it('leads from a line of a search to its trial', async () => {
  const scores = scoresOf('trials', ['study = 1, trial = 4', 'study = 2, trial = 4']);
  await answered('#/history?view=axes&job=7', scores);
  pressLine('Trial 18');
  const trial = { queue: '7', trials: 'study = 2, trial = 4' };
  await waitFor(() => expect(address()).toEqual(['#/queue', trial]));
});

it('leads from a value of runs to those that have it, and opens the run of a line', async () => {
  await answered('#/history?view=axes&filter=horizon+%3D+3', scoresOf('runs', ['id = 17', 'id = 18']));
  fireEvent.click(screen.getByRole('button', { name: '0.1' }));
  await waitFor(() => expect(address()).toEqual(['#/history', { filter: 'horizon = 3, param.alpha = 0.1' }]));
  pressLine('Run 17');
  await waitFor(() =>
    expect(address()).toEqual(['#/history', { filter: 'horizon = 3, param.alpha = 0.1', run: '17' }]),
  );
});

it('leads from a bar of what matters to the scores by that axis, and there from elsewhere', async () => {
  await answered('#/history?view=axes&axis=Penalty', scoresOf('runs', ['id = 17', 'id = 18']));
  const scores = screen.getByRole('figure', { name: 'Penalty' });
  await waitFor(() => expect(document.activeElement?.contains(scores)).toBe(true));
  screen.getByRole('button', { name: 'Show What matters as table' }).focus();
  expect(document.activeElement?.contains(scores)).toBe(false);
  fireEvent.click(screen.getByRole('button', { name: /^Penalty\s?50\s?%$/ }));
  expect(document.activeElement?.contains(scores)).toBe(true);
});
