import { beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../engine/app.ts';
import { outcomeOf, SMALL_GRID } from '../../engine/testing/workspace.ts';
import { finish, killAgainAndAgain, killAtStep } from './kill.ts';
import { useWorkspaces } from './workspaces.ts';

/** A walk-forward is computed by processes that are killed: what it comes to is the same, to the bit. */

const workspaces = useWorkspaces();

/** A pending walk-forward of two symbols, one of them with a random model. */
let prepared: string;
let outcome: ReturnType<typeof outcomeOf>;
let validationMs: number;
beforeAll(async () => {
  prepared = workspaces.create();
  const engine = createEngine({ workspace: prepared, role: 'command' });
  const subject = {
    symbols: ['DEMO_EURUSD', 'DEMO_USDJPY'],
    timeframe: 'H4',
    modelType: 'random_forest',
    hyperparameters: { n_estimators: 5 },
  };
  const { queueId } = await engine.call('validation.create', { subject, scheme: 'full', folds: 8 });
  // The one that a process takes first.
  await engine.call('queue.priority', { queueId, priority: 1 });
  await engine.close();
  const uninterrupted = workspaces.copyOf(prepared);
  validationMs = await finish(uninterrupted, SMALL_GRID);
  outcome = outcomeOf(uninterrupted);
});

async function expectSameEnd(workspace: string): Promise<void> {
  await finish(workspace, SMALL_GRID);
  expect(outcomeOf(workspace)).toEqual(outcome);
}

test('there is something to lose: sixteen folds of two validations', () => {
  const { validations, validation_folds, folds, cells } = outcome.ledger;
  expect([validations, validation_folds, folds].map(({ length }) => length)).toEqual([2, 16, 16]);
  expect(cells.filter(({ state }) => state === 'completed').length).toBeGreaterThanOrEqual(16);
});

test('killed right after a fold is committed, it ends as if it never was', async () => {
  const workspace = workspaces.copyOf(prepared);
  for (const nth of [1, 3]) await killAtStep(workspace, SMALL_GRID, 'committed', nth);
  await expectSameEnd(workspace);
});

test('killed at any moment, it ends as if it never was', async () => {
  const workspace = workspaces.copyOf(prepared);
  await killAgainAndAgain(workspace, SMALL_GRID, 3, 5, validationMs);
  await expectSameEnd(workspace);
});

/** Folds of a whole grid: each is one cell of its job. */
describe('a procedure', () => {
  let ready: string;
  let whole: ReturnType<typeof outcomeOf>;
  beforeAll(async () => {
    ready = workspaces.create();
    const engine = createEngine({ workspace: ready, role: 'command' });
    const subject = { grid: { ...SMALL_GRID, symbols: ['DEMO_EURUSD'] } };
    const input = { subject, scheme: 'own', testPeriodDays: 30, folds: 4 } as const;
    const { queueId } = await engine.call('validation.create', input);
    await engine.call('queue.priority', { queueId, priority: 1 });
    await engine.close();
    const uninterrupted = workspaces.copyOf(ready);
    await finish(uninterrupted, SMALL_GRID);
    whole = outcomeOf(uninterrupted);
  });

  test('killed right after a fold is committed, it ends as if it never was', async () => {
    expect(whole.ledger.folds).toHaveLength(4);
    const workspace = workspaces.copyOf(ready);
    for (const nth of [1, 2]) await killAtStep(workspace, SMALL_GRID, 'committed', nth);
    await finish(workspace, SMALL_GRID);
    expect(outcomeOf(workspace)).toEqual(whole);
  });
});

/** Quick, a question that is answered with yes, then full; killed in either, and around the question. */
describe('a sequential job', () => {
  let ready: string;
  let whole: ReturnType<typeof outcomeOf>;
  let wholeMs: number;
  beforeAll(async () => {
    ready = workspaces.create();
    const engine = createEngine({ workspace: ready, role: 'command' });
    const subject = {
      symbol: 'DEMO_EURUSD',
      timeframe: 'H4',
      modelType: 'random_forest',
      hyperparameters: { n_estimators: 5 },
    };
    const input = { subject, scheme: 'sequential', folds: 6 } as const;
    const { queueId } = await engine.call('validation.create', input);
    await engine.call('queue.priority', { queueId, priority: 1 });
    await engine.close();
    const uninterrupted = workspaces.copyOf(ready);
    wholeMs = await finish(uninterrupted, SMALL_GRID);
    whole = outcomeOf(uninterrupted);
  });

  test('comes to quick and full', () => {
    const { validations, validation_folds } = whole.ledger;
    expect(validations.map(({ scheme }) => scheme)).toEqual(['quick', 'full']);
    expect(validation_folds.length).toBeGreaterThan(9);
  });

  test('killed at any moment, it ends as if it never was', async () => {
    const workspace = workspaces.copyOf(ready);
    await killAgainAndAgain(workspace, SMALL_GRID, 4, 14, wholeMs);
    await finish(workspace, SMALL_GRID);
    expect(outcomeOf(workspace)).toEqual(whole);
  });

  test('killed right after the last fold of quick, and after the first of full', async () => {
    const workspace = workspaces.copyOf(ready);
    await killAtStep(workspace, SMALL_GRID, 'committed', await cellsOfQuick(workspace));
    await killAtStep(workspace, SMALL_GRID, 'committed', 1);
    await finish(workspace, SMALL_GRID);
    expect(outcomeOf(workspace)).toEqual(whole);
  });

  test('killed in the refit, right after its file is in place', async () => {
    expect(whole.ledger.refits).toHaveLength(1);
    const workspace = workspaces.copyOf(ready);
    await killAtStep(workspace, SMALL_GRID, 'file in place', 1);
    await finish(workspace, SMALL_GRID);
    expect(outcomeOf(workspace)).toEqual(whole);
  });

  async function cellsOfQuick(workspace: string): Promise<number> {
    const engine = createEngine({ workspace, role: 'command' });
    const [job] = await engine.call('queue.list', {});
    await engine.close();
    return job!.totalConfigs;
  }
});
