import { beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../engine/app.ts';
import { outcomeOf, SMALL_GRID } from '../../engine/testing/workspace.ts';
import { finish, killAgainAndAgain, killAtStep } from './kill.ts';
import { useWorkspaces } from './workspaces.ts';

/** A search is worked on by processes that are killed: its studies are the same, trial by trial, and so is what becomes of the best. */

const workspaces = useWorkspaces();

const MARKET = {
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H4'],
  days_history: [120],
  horizons: [3],
  workers: 2,
} as const;
const TREES = { n_estimators: { type: 'int', low: 3, high: 12 } } as const;

describe.each([
  [
    'in folds',
    { ...MARKET, model_types: ['random_forest', 'ridge'], trials: 8, space: { random_forest: TREES } },
  ],
  [
    'of a LONG and a SHORT model, whose best are one run',
    {
      ...MARKET,
      model_types: ['random_forest'],
      targets: ['return', 'outcome 2:1'],
      trials: 6,
      space: { random_forest: TREES },
    },
  ],
  [
    'by Sharpe, whose trials are whole cells of different axes',
    {
      ...MARKET,
      model_types: ['random_forest', 'ridge'],
      trials: 8,
      objective: 'sharpe',
      space: {
        random_forest: TREES,
        ridge: { horizon: { type: 'int', low: 2, high: 6 }, encoder: ['normalized', 'absolute'] },
      },
    },
  ],
] as const)('a search %s', (_, search) => {
  /** Of two studies, one of them with a random model; pending. */
  let prepared: string;
  let outcome: ReturnType<typeof outcomeOf>;
  let searchMs: number;
  beforeAll(async () => {
    prepared = workspaces.create();
    const engine = createEngine({ workspace: prepared, role: 'command' });
    const { queueId } = await engine.call('search.create', { search: search as never });
    // The one that a process takes first.
    await engine.call('queue.priority', { queueId, priority: 1 });
    await engine.close();
    const uninterrupted = workspaces.copyOf(prepared);
    searchMs = await finish(uninterrupted, SMALL_GRID);
    outcome = outcomeOf(uninterrupted);
  });

  async function expectSameEnd(workspace: string): Promise<void> {
    await finish(workspace, SMALL_GRID);
    expect(outcomeOf(workspace)).toEqual(outcome);
  }

  test('has something to lose: so many trials, and two runs of the best', () => {
    expect(outcome.ledger.trials).toHaveLength(search.trials * ('targets' in search ? 3 : 2));
    expect(outcome.ledger.runs.length).toBeGreaterThanOrEqual(2);
    const pairs = outcome.ledger.runs.filter(({ hyperparameters }) =>
      `${hyperparameters}`.includes('"long"'),
    );
    expect(pairs).toHaveLength('targets' in search ? 1 : 0);
  });

  test('killed right after a trial is committed, it ends as if it never was', async () => {
    const workspace = workspaces.copyOf(prepared);
    for (const nth of [2, 5]) await killAtStep(workspace, SMALL_GRID, 'committed', nth);
    await expectSameEnd(workspace);
  });

  test('killed at any moment, it ends as if it never was', async () => {
    const workspace = workspaces.copyOf(prepared);
    await killAgainAndAgain(workspace, SMALL_GRID, 3, 3, searchMs);
    await expectSameEnd(workspace);
  });
});
