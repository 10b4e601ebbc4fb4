import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { createEngine, type Engine, type EngineOptions } from '../app.ts';
import type { QueueState } from '../contract/dto/index.ts';
import type { GridSpecInput } from '../contract/grid.ts';
import { type ProcessTable, systemProcesses } from '../queue/owner.ts';
import { outcomeOf, prepareWorkspaces, SMALL_GRID, type Workspaces } from './workspace.ts';

/** Queues as a host sees them: through the Api, on the demo market, with real threads. */

export const TWELVE: GridSpecInput = {
  ...SMALL_GRID,
  model_types: ['linear_regression', 'ridge', 'lasso'],
  symbols: ['DEMO_EURUSD'],
  hyperparameters: {},
};

/** Workspaces and engines of a test file, closed and removed when they are no longer needed. */
export function useEngines() {
  let workspaces: Workspaces;
  const engines: Engine[] = [];
  beforeAll(async () => {
    workspaces = await prepareWorkspaces();
  });
  afterEach(async () => {
    for (const engine of engines.splice(0)) await engine.close();
  });
  afterAll(() => workspaces.removeAll());

  /** With one thread, results come one by one: what is asked for in between is met by a queue that is still at work. */
  function open(workspace: string, options: Partial<EngineOptions> = {}): Engine {
    const engine = createEngine({ workspace, role: 'command', threads: 1, ...options });
    engines.push(engine);
    return engine;
  }
  async function close(engine: Engine): Promise<void> {
    engines.splice(engines.indexOf(engine), 1);
    await engine.close();
  }
  return {
    createWorkspace: (config?: string) => workspaces.create(config),
    open,
    close,
    async outcomeWithoutInterruption(grid: GridSpecInput) {
      const workspace = workspaces.create();
      const engine = open(workspace, { threads: 2 });
      expect((await train(engine, await create(engine, grid))).state).toBe('completed');
      await close(engine);
      return outcomeOf(workspace);
    },
  };
}

export async function create(engine: Engine, grid: GridSpecInput = TWELVE): Promise<number> {
  return (await engine.call('queue.create', { grid })).queueId;
}

export async function stateOf(engine: Engine, queueId: number): Promise<QueueState> {
  return (await engine.call('queue.get', { queueId })).state;
}

/** Trains a queue to its end in this engine. */
export async function train(engine: Engine, queueId: number) {
  await engine.call('queue.start', { queueId });
  return engine.call('queue.wait', { queueId });
}

/** Resolves once so many results of a queue are permanent. */
export function results(engine: Engine, count: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let seen = 0;
  const unsubscribe = engine.subscribe((event) => {
    if (event.type !== 'queue.progress' || ++seen < count) return;
    unsubscribe();
    resolve();
  });
  return promise;
}

/** The system's processes as another one of them sees them. */
export function seenByProcess(pid: number): ProcessTable {
  const system = systemProcesses();
  return { ...system, self: { ...system.self, pid } };
}
