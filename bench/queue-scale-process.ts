import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createEngine } from '../engine/app.ts';
import type { GridSpecInput } from '../engine/contract/grid.ts';
import { fillHistory } from './fill-history.ts';
import { median } from './subject.ts';

/** Measures a queue of 20,000 configurations in a process that does nothing else; prints one JSON document. */

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
/** As a form asks with every stroke. */
const SMALL: GridSpecInput = {
  model_types: ['ridge', 'lasso'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H1'],
  days_history: [60, 90],
  horizons: [1, 30],
};
const MILLION: GridSpecInput = {
  ...GRID,
  days_history: Array.from({ length: 250 }, (_, i) => 30 + i),
};
const TRAINING_MS = 5000;
const HISTORY_RUNS = 100_000;

async function ms(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const workspace = mkdtempSync(join(tmpdir(), 'regimen-scale-'));
try {
  const engine = createEngine({ workspace, role: 'command', threads: 2 });
  await engine.call('market.demo', {});
  const firstPreview = await ms(() => engine.call('grid.preview', { grid: GRID }));
  const previews: number[] = [];
  for (let i = 0; i < 9; i++) previews.push(await ms(() => engine.call('grid.preview', { grid: GRID })));
  const generation = await ms(() => engine.call('queue.create', { grid: GRID }));
  const hostMb = process.memoryUsage.rss() / 1e6;
  const queueId = (await engine.call('queue.list', {}))[0]!.id;
  const start = await ms(() => engine.call('queue.start', { queueId }));
  await delay(TRAINING_MS);
  const threadsMb = process.memoryUsage.rss() / 1e6;
  await engine.call('queue.pause', { queueId });
  await engine.call('queue.wait', { queueId });
  fillHistory(workspace, HISTORY_RUNS);
  const small: number[] = [];
  for (let i = 0; i < 9; i++) small.push(await ms(() => engine.call('grid.preview', { grid: SMALL })));
  const beforeMb = process.memoryUsage.rss() / 1e6;
  const cpu = process.cpuUsage();
  const million = await ms(() => engine.call('grid.preview', { grid: MILLION, skipImpossible: true }));
  const { user, system } = process.cpuUsage(cpu);
  const millionMb = process.memoryUsage.rss() / 1e6 - beforeMb;
  const pages: number[] = [];
  for (const filter of [
    {},
    { text: 'EURUSD' },
    { sort: 'sharpe' },
    { offset: 50_000 },
    { minSharpe: 1 },
    { sort: 'maxDrawdown' },
    { sort: 'roi', descending: false, offset: 50_000 },
    { sort: 'trades', status: 'completed' },
  ] as const) {
    const times: number[] = [];
    for (let i = 0; i < 9; i++)
      times.push(await ms(() => engine.call('history.search', { limit: 50, ...filter })));
    pages.push(median(times));
  }
  await engine.close();
  const slowestPage = Math.max(...pages);
  process.stdout.write(
    JSON.stringify({
      firstPreview,
      preview: median(previews),
      generation,
      start,
      hostMb,
      threadsMb,
      small: median(small),
      million,
      millionCpu: (user + system) / 1000,
      millionMb,
      slowestPage,
    }),
  );
} finally {
  rmSync(workspace, { recursive: true, force: true });
}
