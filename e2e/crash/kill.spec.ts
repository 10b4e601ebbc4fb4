import { describe, test } from 'vitest';
import type { GridSpecInput } from '../../engine/contract/grid.ts';
import { COMMIT_STEPS } from '../../engine/queue/commit.ts';
import { SMALL_GRID } from '../../engine/testing/workspace.ts';
import { killAgainAndAgain, killAtStep } from './kill.ts';
import { useUninterrupted, useWorkspaces } from './workspaces.ts';

/** 192 configurations: enough that a process killed 36 times within moments never gets to the end. */
const GRID: GridSpecInput = {
  ...SMALL_GRID,
  model_types: ['linear_regression', 'ridge', 'elasticnet', 'random_forest'],
  symbols: ['DEMO_EURUSD', 'DEMO_GBPUSD', 'DEMO_USDJPY'],
  timeframes: ['H1', 'H4'],
  horizons: [1, 3, 6, 12],
};

const workspaces = useWorkspaces();

describe('killed 36 times at random moments', () => {
  const uninterrupted = useUninterrupted(workspaces, GRID);

  test('a queue ends as if it never was', async () => {
    const workspace = workspaces.create();
    await killAgainAndAgain(workspace, GRID, 36, 2024, uninterrupted.trainingMs);
    await uninterrupted.expectSameEnd(workspace);
  });
});

describe('killed between two steps of a commit, a queue ends as if it never was', () => {
  const uninterrupted = useUninterrupted(workspaces);

  test.each(COMMIT_STEPS)('after "%s"', async (step) => {
    const workspace = workspaces.create();
    // A transaction of several results writes no more files than there are champions, so there may be one only.
    for (const occurrence of step.includes('file ') ? [1, 1, 1] : [1, 3, 2])
      await killAtStep(workspace, SMALL_GRID, step, occurrence);
    await uninterrupted.expectSameEnd(workspace);
  });
});
