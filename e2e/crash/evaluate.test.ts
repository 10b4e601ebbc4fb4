import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createEngine } from '../../engine/app.ts';
import { COMMIT_STEPS } from '../../engine/queue/commit.ts';
import { artifactsOf, CONFIG, outcomeOf, SMALL_GRID } from '../../engine/testing/workspace.ts';
import { finish, killAgainAndAgain, killAtStep } from './kill.ts';
import { useWorkspaces } from './workspaces.ts';

/** Kept models are evaluated again by processes that are killed. */

const workspaces = useWorkspaces();

const KEEP_ALL = '\nmodel_management: { delete_non_best_models: false }\n';
const OTHER_COSTS = '\ncosts: { symbols: { DEMO_EURUSD: { spread_pips: 1.4 } } }\n';

/** 24 kept models, half of them of a symbol whose costs have changed, and the job that is to evaluate those. */
let prepared: string;
let outcome: ReturnType<typeof outcomeOf>;
let evaluationMs: number;
beforeAll(async () => {
  prepared = workspaces.create(CONFIG + KEEP_ALL);
  await finish(prepared, SMALL_GRID);
  writeFileSync(join(prepared, 'config.yaml'), CONFIG + OTHER_COSTS);
  const engine = createEngine({ workspace: prepared, role: 'command' });
  const { queueId, preview } = await engine.call('evaluation.create', {});
  expect(preview).toMatchObject({ kept: { count: 12 }, deleted: { count: 0 } });
  // The one that a process takes first.
  await engine.call('queue.priority', { queueId, priority: 1 });
  await engine.close();
  const uninterrupted = workspaces.copyOf(prepared);
  evaluationMs = await finish(uninterrupted, SMALL_GRID);
  outcome = outcomeOf(uninterrupted);
});

const filesIn = (workspace: string) => Object.keys(artifactsOf(workspace));

async function expectSameEnd(workspace: string): Promise<void> {
  await finish(workspace, SMALL_GRID);
  expect(outcomeOf(workspace)).toEqual(outcome);
}

test('the job has work for its commits: models that stay champions, and models that go', () => {
  expect(outcome.ledger.queues[1]).toMatchObject({ kind: 'evaluation', total: 12, state: 'completed' });
  const decisions = outcome.ledger.audit.slice(-48).map(({ decision }) => decision);
  expect(decisions).toContain('rescored');
  expect(Object.keys(outcome.artifacts).length).toBeLessThan(filesIn(prepared).length);
});

test('killed after each step of a commit, it ends as if it never was', async () => {
  const workspace = workspaces.copyOf(prepared);
  // Files are there already: none is written.
  for (const step of COMMIT_STEPS.filter((step) => !step.includes('file ')))
    await killAtStep(workspace, SMALL_GRID, step, 2);
  await expectSameEnd(workspace);
});

test('killed at any moment, it ends as if it never was', async () => {
  const workspace = workspaces.copyOf(prepared);
  await killAgainAndAgain(workspace, SMALL_GRID, 3, 5, evaluationMs);
  await expectSameEnd(workspace);
});
