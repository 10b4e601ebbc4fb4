import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GridSpecInput } from '../../engine/contract/grid.ts';
import { COMMIT_STEPS } from '../../engine/queue/commit.ts';
import {
  outcomeOf,
  prepareWorkspaces,
  SMALL_GRID,
  type Workspaces,
} from '../../engine/queue/testing/workspace.ts';
import { finish, killAgainAndAgain, killAtStep } from './kill.ts';

/** 96 configurations: enough that a process killed 36 times within moments never gets to the end. */
const GRID: GridSpecInput = {
  ...SMALL_GRID,
  model_types: ['linear_regression', 'ridge', 'elasticnet', 'random_forest'],
  symbols: ['DEMO_EURUSD', 'DEMO_GBPUSD', 'DEMO_USDJPY'],
  timeframes: ['H1', 'H4'],
};

let workspaces: Workspaces;

beforeAll(async () => {
  workspaces = await prepareWorkspaces();
});

afterAll(() => workspaces.removeAll());

async function outcomeWithoutInterruption(grid: GridSpecInput): Promise<ReturnType<typeof outcomeOf>> {
  const workspace = workspaces.create();
  await finish(workspace, grid);
  return outcomeOf(workspace);
}

test('killed 36 times at random moments, a queue ends as if it never was', async () => {
  const uninterrupted = await outcomeWithoutInterruption(GRID);
  const workspace = workspaces.create();
  await killAgainAndAgain(workspace, GRID, 36, 2024);
  await finish(workspace, GRID);
  expect(outcomeOf(workspace)).toEqual(uninterrupted);
});

describe('killed between two steps of a commit, a queue ends as if it never was', async () => {
  let uninterrupted: ReturnType<typeof outcomeOf>;

  beforeAll(async () => {
    uninterrupted = await outcomeWithoutInterruption(SMALL_GRID);
  });

  test.each(COMMIT_STEPS)('after "%s"', async (step) => {
    const workspace = workspaces.create();
    for (const occurrence of [1, 3, 2]) await killAtStep(workspace, SMALL_GRID, step, occurrence);
    await finish(workspace, SMALL_GRID);
    expect(outcomeOf(workspace)).toEqual(uninterrupted);
  });
});
