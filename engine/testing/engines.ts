import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { createEngine, type Engine, type EngineOptions } from '../app.ts';
import type { QueueState, QueueSummaryDto } from '../contract/dto/index.ts';
import type { EngineEvent } from '../contract/events.ts';
import type { GridSpecInput } from '../contract/grid.ts';
import { type ProcessTable, systemProcesses } from '../queue/owner.ts';
import { outcomeOf, preparePlace, prepareWorkspaces, TWELVE, type Workspaces } from './workspace.ts';

export type { Engine } from '../app.ts';

/** Engines as a host sees them: through the Api, with real threads. */

/**
 * Workspaces on the demo market with few strategies, and engines on them, for all tests of a file; closed and removed when
 * they are no longer needed.
 */
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
      expect((await train(engine, grid)).state).toBe('completed');
      await close(engine);
      return outcomeOf(workspace);
    },
  };
}

/** An engine with the default configuration on an empty workspace of its own, and everything it said. */
export interface TestWorkspace {
  readonly folder: string;
  readonly home: string;
  readonly engine: Engine;
  readonly events: EngineEvent[];
  /** Another engine on the same workspace, once the first is closed; who opens it closes it. */
  reopen(): Engine;
  /** A host's engine on a workspace of its own beside this one; who opens it closes it. */
  openHost(): Engine;
  /** Closes the engine and deletes the workspace. */
  dispose(): Promise<void>;
}

/** Noon of a day in 2026; every test workspace lives in this moment. */
export const TEST_TIME = Date.UTC(2026, 5, 15, 12, 30, 45);

export function openTestWorkspace(
  role: EngineOptions['role'] = 'command',
  now: () => number = () => TEST_TIME,
): TestWorkspace {
  const { folder, home, remove } = preparePlace();
  const open = () => createEngine({ workspace: folder, home, role, threads: 1, now });
  const engine = open();
  const events: EngineEvent[] = [];
  engine.subscribe((event) => events.push(event));
  return {
    folder,
    home,
    engine,
    events,
    reopen: open,
    openHost: () => createEngine({ workspace: join(home, 'host'), home, role: 'host' }),
    async dispose() {
      await engine.close();
      remove();
    },
  };
}

export async function create(engine: Engine, grid: GridSpecInput = TWELVE): Promise<number> {
  return (await engine.call('queue.create', { grid })).queueId;
}

export async function stateOf(engine: Engine, queueId: number): Promise<QueueState> {
  return (await engine.call('queue.get', { queueId })).state;
}

/** Trains a queue, or a grid in a new one, to its end in this engine. */
export async function train(engine: Engine, what: number | GridSpecInput): Promise<QueueSummaryDto> {
  const queueId = typeof what === 'number' ? what : await create(engine, what);
  await engine.call('queue.start', { queueId });
  return engine.call('queue.wait', { queueId });
}

/**
 * Computes the tables of strategies that runs came back without: of kept models by an evaluation, of deleted ones by training; the jobs
 * for it are removed again. Returns how many there were.
 */
export async function computeTables(engine: Engine): Promise<{ kept: number; deleted: number }> {
  const { kept, deleted } = await engine.call('evaluation.preview', {});
  for (const [count, method] of [
    [kept.count, 'evaluation.create'],
    [deleted.count, 'evaluation.retrain'],
  ] as const) {
    if (count === 0) continue;
    const { queueId } = await engine.call(method, {});
    expect(await train(engine, queueId)).toMatchObject({ state: 'completed', completed: count });
    await engine.call('queue.remove', { queueId });
  }
  return { kept: kept.count, deleted: deleted.count };
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
  return { ...system, self: { ...system.self, pid, processStart: system.startOf(pid) } };
}
