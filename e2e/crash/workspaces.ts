import { afterAll, beforeAll, expect } from 'vitest';
import type { GridSpecInput } from '../../engine/contract/grid.ts';
import { outcomeOf, prepareWorkspaces, SMALL_GRID, type Workspaces } from '../../engine/testing/workspace.ts';
import { finish } from './kill.ts';

/** Workspaces with the demo market, for the tests of a file; removed after its last. */
export function useWorkspaces(): Pick<Workspaces, 'create' | 'copyOf'> {
  let workspaces: Workspaces;
  beforeAll(async () => {
    workspaces = await prepareWorkspaces();
  });
  afterAll(() => workspaces.removeAll());
  return {
    create: (config) => workspaces.create(config),
    copyOf: (workspace) => workspaces.copyOf(workspace),
  };
}

/** A workspace in which nothing interrupted the training of a grid, to compare others with. */
export function useUninterrupted(workspaces: Pick<Workspaces, 'create'>, grid: GridSpecInput = SMALL_GRID) {
  let folder: string;
  let outcome: ReturnType<typeof outcomeOf>;
  let trainingMs: number;
  beforeAll(async () => {
    folder = workspaces.create();
    trainingMs = await finish(folder, grid);
    outcome = outcomeOf(folder);
  });
  return {
    get folder() {
      return folder;
    },
    get outcome() {
      return outcome;
    },
    /** From its first result to its end. */
    get trainingMs() {
      return trainingMs;
    },
    /** Has another workspace train on to its end, which must be the same one. */
    async expectSameEnd(workspace: string): Promise<void> {
      await finish(workspace, grid);
      expect(outcomeOf(workspace)).toEqual(outcome);
    },
  };
}
