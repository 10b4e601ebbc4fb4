import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '../engine/app.ts';
import { openStore, sqlBuilder } from '../engine/store/database.ts';
import { LINEAR, marketFiles, TREES } from './grid.ts';
import { type Figure, median } from './subject.ts';

const THREADS = 2;
const FOLDS = 12;

/** Grids that are validated with their rules, and what the clock may show from the job's start to its last fold. */
export const PROCEDURES = [
  { name: 'procedure-linear', modelTypes: LINEAR, atMost: 60 },
  { name: 'procedure-mixed', modelTypes: [...LINEAR, ...TREES], atMost: 240 },
] as const;

interface Timed {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

interface ProcedureTimes {
  readonly procedure: Timed;
  /** The grid itself, trained after it in the same process. */
  readonly grid: Timed;
  /** Seconds of each fold over those of the same cells in the grid, both on their thread. */
  readonly ratios: readonly number[];
}

/** How long a procedure takes over 12 folds, and its folds beside the same cells in a grid. */
export async function measureProcedure(
  { name, modelTypes, atMost }: (typeof PROCEDURES)[number],
  runs: number,
): Promise<Figure[]> {
  const measured: ProcedureTimes[] = [];
  for (let run = 0; run < runs; run++) measured.push(await procedureTimes(modelTypes));
  const of = (pick: (one: ProcedureTimes) => number) => median(measured.map(pick));
  return [
    { name, value: of(({ procedure }) => procedure.seconds), unit: 's', atMost },
    { name: `${name}, processor time`, value: of(({ procedure }) => procedure.cpuSeconds), unit: 's' },
    { name: `${name}, the grid's processor time`, value: of(({ grid }) => grid.cpuSeconds), unit: 's' },
    {
      name: `${name}, a fold over the grid, processor time`,
      value: of(({ procedure, grid }) => procedure.cpuSeconds / FOLDS / grid.cpuSeconds),
      unit: '(ratio)',
      atMost: 1,
    },
    {
      name: `${name}, a market's fold over the same cells in the grid, by the clock`,
      value: median(measured.flatMap(({ ratios }) => ratios)),
      unit: '(ratio)',
    },
  ];
}

async function procedureTimes(modelTypes: readonly string[]): Promise<ProcedureTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-bench-'));
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace);
  writeFileSync(join(workspace, 'config.yaml'), 'queue: { test_robustness: false }\n');
  const engine = createEngine({ workspace, home: join(folder, 'home'), role: 'command', threads: THREADS });
  try {
    const files = marketFiles(folder);
    for (const { symbol, file } of files) {
      await engine.call('market.import', { file, symbol, timeframe: 'H1' });
    }
    const grid = {
      model_types: [...modelTypes],
      symbols: files.map(({ symbol }) => symbol),
      timeframes: ['H1', 'H4'],
      days_history: [60, 180],
      horizons: [1, 3, 6, 12],
    };
    const procedure = await timed(engine, () =>
      engine.call('validation.create', { subject: { grid }, scheme: 'own', folds: FOLDS }),
    );
    const alone = await timed(engine, () => engine.call('queue.create', { grid }));
    await engine.close();
    return { procedure, grid: alone, ratios: ratiosIn(workspace) };
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed(engine: Engine, create: () => Promise<{ readonly queueId: number }>): Promise<Timed> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const { queueId } = await create();
  await engine.call('queue.start', { queueId });
  const { state, failed } = await engine.call('queue.wait', { queueId });
  const { user, system } = process.cpuUsage(cpu);
  if (state !== 'completed' || failed > 0) throw new Error(`the job is ${state}, ${failed} of it failed`);
  return { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 };
}

/** Of each fold: what it took over what the cells of its market took in the grid. */
function ratiosIn(workspace: string): number[] {
  const store = openStore(join(workspace, 'regimen.db'));
  try {
    const marketOf = ({ symbol, timeframe }: { symbol: string; timeframe: string }) =>
      `${symbol} ${timeframe}`;
    const inGrid = new Map<string, number>();
    for (const run of store.all(sqlBuilder.selectFrom('runs').select(['symbol', 'timeframe', 'seconds']))) {
      inGrid.set(marketOf(run), (inGrid.get(marketOf(run)) ?? 0) + run.seconds);
    }
    return store
      .all(sqlBuilder.selectFrom('folds').select(['symbol', 'timeframe', 'seconds']))
      .map((fold) => fold.seconds / inGrid.get(marketOf(fold))!);
  } finally {
    store.close();
  }
}
