// @vitest-environment jsdom
import { act, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { GridOptionsDto, RunDto } from '../engine/contract/dto/index.ts';
import type { LaterAxes } from '../engine/contract/testing/later-axes.ts';
import { RunsView } from './history/runs-view.tsx';
import { run } from './history/testing/run.ts';
import { useDraft } from './queue/draft.ts';
import { missingAxes, toGrid } from './queue/grid-draft.ts';
import { GridForm } from './queue/grid-form.tsx';
import { problemsByField } from './queue/problems.ts';
import { QueueResults } from './queue/queue-results.tsx';
import { useWorkspace } from './state/index.ts';
import { queueFixture } from './state/testing/queues.ts';
import { followHash } from './state/ui.ts';
import { type AskedCall, show, standInHost } from './testing/render.tsx';

/** An axis is written once, in the table of axes: the window's tables, filters and forms have it from there. */
vi.mock('../engine/contract/axes.ts', async (original) => {
  const { withLaterAxes } = await import('../engine/contract/testing/later-axes.ts');
  const module = await original<{ AXES: Parameters<typeof withLaterAxes>[0] }>();
  return { ...module, AXES: withLaterAxes(module.AXES) };
});
// jsdom has no layout: every row is visible.
vi.mock('@tanstack/react-virtual', () => ({
  useVirtualizer: ({ count }: { count: number }) => ({
    getVirtualItems: () => Array.from({ length: count }, (_, index) => ({ index, start: 36 * index })),
    getTotalSize: () => 36 * count,
    scrollToOffset: () => undefined,
    scrollToIndex: () => undefined,
  }),
}));

const laterRun = (change: Partial<RunDto> & LaterAxes): RunDto => run(change);
const RUNS = [laterRun({ id: 2, session: 'london', era: 2 }), laterRun({ id: 1, session: 'all', era: 1 })];

let asked: AskedCall[];
let unfollow: () => void;
afterEach(() => {
  unfollow();
  window.location.hash = '';
});
beforeEach(() => {
  unfollow = followHash();
  asked = standInHost();
  useWorkspace.setState({ series: [], options: undefined });
});

const answerSearch = async () => {
  await vi.waitFor(() => expect(asked.at(-1)?.method).toBe('history.search'));
  await act(async () => asked.at(-1)!.answer({ runs: RUNS, total: RUNS.length }));
};
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name, { selector: 'input' });
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

it('a later axis has a column of the history, which sorts, and a filter, of which the export knows', async () => {
  show(<RunsView />);
  await answerSearch();
  const grid = screen.getByRole('grid', { name: 'Training runs' });
  const heads = within(grid)
    .getAllByRole('columnheader')
    .map((head) => head.textContent);
  expect(heads.slice(heads.indexOf('Horizon'), heads.indexOf('Status'))).toEqual([
    'Horizon',
    'Session',
    'Era',
  ]);
  const [, first] = within(grid).getAllByRole('row');
  const cells = within(first!)
    .getAllByRole('cell')
    .map((cell) => cell.textContent);
  expect([cells[heads.indexOf('Session')], cells[heads.indexOf('Era')]]).toEqual(['london', '2']);

  await userEvent.type(field('Era'), '2');
  await press('Search');
  await vi.waitFor(() => expect(asked.at(-1)?.input).toMatchObject({ era: 2 }));
  await answerSearch();
  await press('Era');
  await vi.waitFor(() =>
    expect(asked.at(-1)?.input).toMatchObject({ era: 2, sort: 'era', descending: true }),
  );
  await answerSearch();
  await press('Export Results');
  expect(asked.at(-1)).toMatchObject({ method: 'history.export', input: { era: 2, sort: 'era' } });
});

it('and it stands beside the results of a queue', async () => {
  show(<QueueResults queue={queueFixture({ id: 7 })} />);
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await act(async () => asked[0]!.answer(RUNS));
  const heads = screen.getAllByRole('columnheader').map((head) => head.textContent);
  expect(heads.slice(heads.indexOf('Horizon'), heads.indexOf('Outcome'))).toEqual([
    'Horizon',
    'Session',
    'Era',
  ]);
  const [, first] = screen.getAllByRole('row');
  expect(within(first!).getAllByRole('cell')[heads.indexOf('Session')]?.textContent).toBe('london');
});

const OPTIONS: GridOptionsDto = {
  modelTypes: [],
  encoders: ['normalized'],
  indicators: [],
  timeframes: [],
  strategies: 135,
};

it('and it has a field in the form of a grid, with its problems, and is sent with the grid', async () => {
  const problems = problemsByField([{ path: 'grid.sessions[1]', message: 'no such session' }]);
  expect(problems.rest).toEqual([]);
  show(<GridForm options={OPTIONS} series={[]} problems={problems} />);
  const session = screen.getByRole('group', { name: 'Session' });
  expect(session.textContent).toContain('no such session');
  expect(toGrid(useDraft.getState().draft)).toMatchObject({ sessions: ['all'] });
  await userEvent.click(within(session).getByLabelText('Session', { selector: 'input' }));
  await userEvent.click(screen.getByRole('option', { name: 'london', hidden: true }));
  const { draft } = useDraft.getState();
  expect(toGrid(draft)).toMatchObject({ sessions: ['all', 'london'], encoders: ['normalized'] });
  expect(missingAxes({ ...draft, lists: { ...draft.lists, ...{ sessions: [] } } })).toContain('session');
  // An axis that no grid lists has no field.
  expect(screen.queryByRole('group', { name: 'Era' })).toBeNull();
});

it('a form says up to how many strategies there are where targets about trades have fewer', async () => {
  const problems = problemsByField([]);
  show(<GridForm options={OPTIONS} series={[]} problems={problems} />);
  expect(screen.getByText(/is tested with 135 strategies/)).toBeTruthy();
  await userEvent.click(within(screen.getByRole('group', { name: 'Targets' })).getByLabelText('Barrier 2:1'));
  expect(screen.getByText(/is tested with up to 135 strategies/)).toBeTruthy();
  expect(toGrid(useDraft.getState().draft)).toMatchObject({ targets: ['return', 'barrier 2:1'] });
});
