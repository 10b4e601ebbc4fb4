import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMIT_STEPS } from '../../engine/queue/commit.ts';
import {
  outcomeOf,
  prepareWorkspaces,
  SMALL_GRID,
  type Workspaces,
} from '../../engine/queue/testing/workspace.ts';
import { finish, killAgainAndAgain, killAtStep } from './kill.ts';

/** The short form of kill.spec.ts. */

let workspaces: Workspaces;
let uninterrupted: ReturnType<typeof outcomeOf>;

beforeAll(async () => {
  workspaces = await prepareWorkspaces();
  const workspace = workspaces.create();
  await finish(workspace, SMALL_GRID);
  uninterrupted = outcomeOf(workspace);
});

afterAll(() => workspaces.removeAll());

test('the grid has work for every step of a commit: models kept, deleted and pushed out', () => {
  const [queue] = uninterrupted.ledger.queues;
  expect(queue).toMatchObject({ total: 24, state: 'completed', owner: null });
  expect(queue.deleted).toBeGreaterThan(5);
  expect(queue.kept).toBeGreaterThan(Object.keys(uninterrupted.artefacts).length);
});

test('killed four times, a queue ends as if it never was', async () => {
  const workspace = workspaces.create();
  await killAgainAndAgain(workspace, SMALL_GRID, 4, 1);
  await finish(workspace, SMALL_GRID);
  expect(outcomeOf(workspace)).toEqual(uninterrupted);
});

test('killed once after every step of a commit, a queue ends as if it never was', async () => {
  const workspace = workspaces.create();
  for (const step of COMMIT_STEPS) await killAtStep(workspace, SMALL_GRID, step, 1);
  await finish(workspace, SMALL_GRID);
  expect(outcomeOf(workspace)).toEqual(uninterrupted);
});
