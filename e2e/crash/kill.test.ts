import { expect, test } from 'vitest';
import { COMMIT_STEPS } from '../../engine/queue/commit.ts';
import { SMALL_GRID } from '../../engine/testing/workspace.ts';
import { killAgainAndAgain, killAtStep } from './kill.ts';
import { useUninterrupted, useWorkspaces } from './workspaces.ts';

/** The short form of kill.spec.ts. */

const workspaces = useWorkspaces();
const uninterrupted = useUninterrupted(workspaces);

test('the grid has work for every step of a commit: models kept, deleted and pushed out', () => {
  const queue = uninterrupted.outcome.ledger.queues[0]!;
  expect(queue).toMatchObject({ total: 24, state: 'completed', owner: null });
  const crowned = Number(queue.crowned);
  expect(24 - crowned).toBeGreaterThan(5);
  expect(crowned).toBeGreaterThan(Object.keys(uninterrupted.outcome.artifacts).length);
});

test('killed four times, a queue ends as if it never was', async () => {
  const workspace = workspaces.create();
  await killAgainAndAgain(workspace, SMALL_GRID, 4, 1, uninterrupted.trainingMs);
  await uninterrupted.expectSameEnd(workspace);
});

test('killed once after every step of a commit, a queue ends as if it never was', async () => {
  const workspace = workspaces.create();
  for (const step of COMMIT_STEPS) await killAtStep(workspace, SMALL_GRID, step, 1);
  await uninterrupted.expectSameEnd(workspace);
});
