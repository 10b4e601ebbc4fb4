import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine, type EngineOptions } from '../app.ts';
import type { QueueSummaryDto } from '../contract/dto/index.ts';
import type { EngineEvent } from '../contract/events.ts';
import type { GridSpecInput } from '../contract/grid.ts';

/** An engine on a workspace of its own, and everything it said. */
export interface TestWorkspace {
  readonly folder: string;
  readonly home: string;
  readonly engine: Engine;
  readonly events: EngineEvent[];
  /** Closes the engine and deletes the workspace. */
  dispose(): Promise<void>;
}

/** Noon of a day in 2026; every test workspace lives in this moment. */
export const TEST_TIME = Date.UTC(2026, 5, 15, 12, 30, 45);

export function openTestWorkspace(role: EngineOptions['role'] = 'command'): TestWorkspace {
  const root = mkdtempSync(join(tmpdir(), 'regimen-api-'));
  const folder = join(root, 'workspace');
  const home = join(root, 'home');
  mkdirSync(folder);
  const engine = createEngine({ workspace: folder, home, role, threads: 1, now: () => TEST_TIME });
  const events: EngineEvent[] = [];
  engine.subscribe((event) => events.push(event));
  return {
    folder,
    home,
    engine,
    events,
    async dispose() {
      await engine.close();
      rmSync(root, { recursive: true });
    },
  };
}

/** Six configurations, trained in about a second; some of their models become champions, others are deleted. */
export const SMALL_GRID: GridSpecInput = {
  name: 'Small grid',
  model_types: ['ridge', 'lasso', 'elasticnet'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H1'],
  days_history: [90],
  horizons: [3, 12],
};

export async function train(engine: Engine, grid: GridSpecInput): Promise<QueueSummaryDto> {
  const { queueId } = await engine.call('queue.create', { grid });
  await engine.call('queue.start', { queueId });
  return engine.call('queue.wait', { queueId });
}
