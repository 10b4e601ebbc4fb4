import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createEngine, type Engine } from '../engine/app.ts';
import type { GridSpecInput } from '../engine/contract/grid.ts';

/**
 * A host that trains for so many minutes (the argument), queue after queue, while somebody looks at it: no configuration is
 * trained twice. Prints what the process holds every 30 seconds, one JSON object per line.
 */

const SAMPLE_MS = 30_000;
const LOOK_MS = 10_000;

/** As `process.memoryUsage` has it, megabytes: `rss` of the whole process, the others of the host's own thread. */
export interface Sample {
  readonly minute: number;
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
  readonly arrayBuffers: number;
  /** Configurations trained so far. */
  readonly trained: number;
}

/** Linear models mostly, whose results come fastest, and some of each kind of tree: 1,248 configurations. */
function gridOf(queue: number): GridSpecInput {
  const alphas = Array.from({ length: 6 }, (_, i) => (1 + i + 6 * queue) / 1e4);
  const leaves = [7 + (queue % 57)];
  const rate = [0.01 + (queue % 1000) / 1e4];
  return {
    name: `Soak ${queue + 1}`,
    model_types: ['ridge', 'lasso', 'elasticnet', 'xgboost', 'lightgbm'],
    symbols: ['DEMO_EURUSD', 'DEMO_GBPUSD'],
    timeframes: ['H1', 'H4'],
    encoders: ['normalized', 'absolute', 'time_delta'],
    days_history: [60, 180],
    horizons: [1, 3, 6, 12],
    hyperparameters: {
      ridge: { alpha: alphas },
      lasso: { alpha: alphas },
      elasticnet: { alpha: alphas },
      xgboost: { n_estimators: [20], learning_rate: rate },
      lightgbm: { n_estimators: [20], num_leaves: leaves, learning_rate: rate },
    },
  };
}

/** What a window asks for while somebody looks at queue and history. */
async function look(engine: Engine): Promise<void> {
  await engine.call('queue.list', {});
  await engine.call('history.search', { limit: 50, sort: 'sharpe' });
  await engine.call('champions.list', {});
}

const minutes = Number(process.argv[2]);
const workspace = mkdtempSync(join(tmpdir(), 'regimen-soak-'));
const start = performance.now();
const left = () => minutes * 60_000 - (performance.now() - start);
let trained = 0;

function sample(): void {
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  const figures: Sample = {
    minute: (performance.now() - start) / 60_000,
    rss: rss / 1e6,
    heapUsed: heapUsed / 1e6,
    external: external / 1e6,
    arrayBuffers: arrayBuffers / 1e6,
    trained,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

const engine = createEngine({ workspace, role: 'host', threads: 2, home: join(workspace, 'home') });
const timers = [setInterval(sample, SAMPLE_MS), setInterval(() => void look(engine), LOOK_MS)];
try {
  engine.subscribe((event) => {
    if (event.type === 'queue.progress') trained++;
  });
  await engine.call('market.demo', {});
  for (let queue = 0; left() > 0; queue++) {
    const { queueId } = await engine.call('queue.create', { grid: gridOf(queue) });
    await engine.call('queue.start', { queueId });
    const ended = engine.call('queue.wait', { queueId });
    await Promise.race([ended, delay(left(), undefined, { ref: false })]);
    if (left() > 0) continue;
    await engine.call('queue.pause', { queueId });
    await ended;
  }
  sample();
} finally {
  for (const timer of timers) clearInterval(timer);
  await engine.close();
  rmSync(workspace, { recursive: true, force: true });
}
