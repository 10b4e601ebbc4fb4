import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../engine/app.ts';
import type { GridSpecInput } from '../engine/contract/grid.ts';

/** 20,000 configurations on the demo market. */
const GRID: GridSpecInput = {
  name: 'Scale',
  model_types: ['ridge', 'lasso', 'elasticnet'],
  symbols: ['DEMO_EURUSD', 'DEMO_GBPUSD'],
  timeframes: ['H1', 'H4'],
  encoders: ['normalized', 'absolute'],
  days_history: [60, 90, 120, 150, 180],
  horizons: Array.from({ length: 10 }, (_, i) => i + 1),
  hyperparameters: {
    ridge: { alpha: Array.from({ length: 20 }, (_, i) => (i + 1) / 10) },
    lasso: { alpha: Array.from({ length: 20 }, (_, i) => (i + 1) / 1e5) },
    elasticnet: { alpha: Array.from({ length: 10 }, (_, i) => (i + 1) / 1e5) },
  },
};

const workspace = mkdtempSync(join(tmpdir(), 'regimen-scale-'));
try {
  const engine = createEngine({ workspace, role: 'command' });
  await engine.call('market.demo', {});
  const time = async <T>(what: string, limitMs: number, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    const took = performance.now() - start;
    console.log(`${what.padEnd(44)} ${took.toFixed(0).padStart(7)} ms   (limit ${limitMs} ms)`);
    return result;
  };
  for (const turn of ['first', 'second', 'third']) {
    const preview = await time(`preview, ${turn} time`, 200, () => engine.call('grid.preview', { grid: GRID }));
    if (turn === 'first') console.log(preview.formula);
  }
  const { queueId } = await time('generation (queue.create)', 2000, () => engine.call('queue.create', { grid: GRID }));
  await time('start (queue.start)', 1000, () => engine.call('queue.start', { queueId }));
  const first = Promise.withResolvers<void>();
  engine.subscribe((event) => event.type === 'queue.progress' && first.resolve());
  await time('until the first result is permanent', 5000, () => first.promise);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  const { rss, heapUsed, external } = process.memoryUsage();
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(`memory after five seconds of training: heap ${mb(heapUsed)}, external ${mb(external)}, resident with its threads ${mb(rss)}`);
  await engine.call('queue.pause', { queueId });
  await engine.call('queue.wait', { queueId });
  await time('preview with some of it trained', 200, () => engine.call('grid.preview', { grid: GRID }));
  await engine.close();
} finally {
  rmSync(workspace, { recursive: true, force: true });
}
