import type { Config } from '../config/schema.ts';
import type { GridPreviewDto, QueueSummaryDto } from '../contract/dto/index.ts';
import { EngineError, type ErrorDto } from '../contract/errors.ts';
import type { EventListener } from '../contract/events.ts';
import { type GridSpec, gridError } from '../contract/grid.ts';
import { type Basis, describeChange } from '../grid/basis.ts';
import { createGrid, type Grid } from '../grid/cells.ts';
import { preflight } from '../grid/preflight.ts';
import { estimate, formula, gridAxes } from '../grid/preview.ts';
import { strategyGrid } from '../inference/strategy-grid.ts';
import type { ArtefactFolder } from '../selection/artefacts.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import { championDtos } from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import { countCells, findQueue, insertQueue, type NewCell, type QueueRow } from '../store/queues.ts';
import { completedRun, failedRuns, measuredRates, newestBasis } from '../store/runs.ts';
import type { WorkerPool } from '../workers/pool.ts';
import { createResolver, type Resolver } from './resolver.ts';
import { describeConfiguration, type QueueTotals, runQueue } from './runner.ts';
import { strategyAxes } from './settings.ts';

export interface QueueServiceDeps {
  readonly store: Store;
  readonly library: CandleLibrary;
  readonly artefacts: ArtefactFolder;
  readonly config: Config;
  /** Started when first needed: looking around costs no threads. */
  readonly pool: () => WorkerPool;
  readonly threads: number;
  readonly emit: EventListener;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export interface QueueService {
  preview(spec: GridSpec, retrain: boolean): GridPreviewDto;
  create(spec: GridSpec, retrain: boolean): { queueId: number; preview: GridPreviewDto };
  /** Begins to train; `wait` tells when it is done. */
  start(queueId: number): { queueId: number };
  wait(queueId: number): Promise<QueueSummaryDto>;
}

interface CheckedGrid {
  readonly grid: Grid;
  readonly cells: readonly NewCell[];
  readonly preview: GridPreviewDto;
}

export function createQueueService(deps: QueueServiceDeps): QueueService {
  const { store, library, config } = deps;
  const running = new Map<number, Promise<QueueSummaryDto>>();

  /** @throws EngineError `grid-invalid` with every problem, before anything is written */
  function check(spec: GridSpec, retrain: boolean): CheckedGrid {
    const grid = createGrid(spec);
    const resolver = createResolver(library, config);
    const { holdout_days: holdoutDays, selection_days: selectionDays } = config.evaluation;
    const problems = preflight(grid, {
      symbols: [...new Set(library.list().map((series) => series.symbol))],
      load: (symbol, timeframe) => library.load(symbol, timeframe)?.candles,
      windows: { holdoutDays, selectionDays },
      members: config.training.members,
    });
    if (problems.length > 0) throw gridError(problems);

    const outdated = new Map<string, number>();
    const skip = config.queue.skip_already_trained && !retrain;
    const cells = [...grid.cells()].map((configuration): NewCell => {
      const { configHash, runKey, basis } = resolver.resolve(configuration);
      const trained = skip ? completedRun(store, runKey) : undefined;
      if (trained !== undefined) return { configHash, runKey, state: 'skipped', runId: trained };
      const before = newestBasis(store, configHash);
      if (before !== undefined && skip) {
        const change = describeChange(JSON.parse(before) as Partial<Basis>, basis);
        outdated.set(change, (outdated.get(change) ?? 0) + 1);
      }
      return { configHash, runKey, state: 'pending', runId: null };
    });
    const alreadyTrained = cells.filter((cell) => cell.state === 'skipped').length;
    const standing = { alreadyTrained, outdated };
    const toTrain = grid.size - alreadyTrained;
    const preview: GridPreviewDto = {
      formula: formula(grid, alreadyTrained),
      axes: gridAxes(grid),
      totalConfigs: grid.size,
      alreadyTrained,
      toTrain,
      backtests: toTrain * strategyGrid(strategyAxes(config)).length,
      outdated: [...outdated].map(([reason, count]) => ({ reason, count })),
      estimate: estimate(grid, standing, measuredRates(store), deps.threads),
      notes: gridNotes(grid),
    };
    return { grid, cells, preview };
  }

  function queueOf(queueId: number): QueueRow {
    const queue = findQueue(store, queueId);
    if (queue === undefined)
      throw new EngineError('not-found', `There is no queue ${queueId} in this workspace.`);
    return queue;
  }

  async function run(queue: QueueRow): Promise<QueueSummaryDto> {
    const grid = createGrid(JSON.parse(queue.spec) as GridSpec);
    const resolver: Resolver = createResolver(library, config);
    const startedAt = performance.now();
    const totals = await runQueue({ ...deps, pool: deps.pool() }, queue, grid, resolver);
    return summary(queueOf(queue.id), totals, (performance.now() - startedAt) / 1000);
  }

  function summary(queue: QueueRow, totals: QueueTotals, seconds: number): QueueSummaryDto {
    const counts = countCells(store, queue.id);
    return {
      queueId: queue.id,
      name: queue.name,
      state: queue.state,
      totalConfigs: queue.total,
      alreadyTrained: counts.skipped,
      completed: counts.completed,
      failed: counts.failed,
      kept: totals.kept,
      deleted: totals.completed - totals.kept,
      strategiesTested: totals.strategiesTested,
      seconds,
      champions: championDtos(store),
      failures: failedRuns(store, queue.id).map((row) => ({
        configuration: describeConfiguration(row),
        error: (JSON.parse(row.error) as ErrorDto).message,
      })),
    };
  }

  return {
    preview: (spec, retrain) => check(spec, retrain).preview,

    create(spec, retrain) {
      const { grid, cells, preview } = check(spec, retrain);
      const name = spec.name ?? preview.axes.map(({ count, name: axis }) => `${count} ${axis}`).join(', ');
      const queueId = insertQueue(store, { name, spec: grid.spec, createdAt: deps.now() }, cells);
      return { queueId, preview };
    },

    start(queueId) {
      const queue = queueOf(queueId);
      if (queue.state !== 'pending') {
        throw new EngineError(
          'conflict',
          `Queue ${queueId} is ${queue.state}; only a pending queue can be started.`,
        );
      }
      const work = run(queue);
      // Whoever waits gets the error; nobody has to.
      work.catch(() => undefined);
      running.set(queueId, work);
      return { queueId };
    },

    wait(queueId) {
      const work = running.get(queueId);
      if (work === undefined) {
        throw new EngineError('conflict', `Queue ${queueId} was not started by this process.`);
      }
      return work;
    },
  };
}

/** What a user would otherwise wonder about. */
function gridNotes(grid: Grid): string[] {
  const wanted = grid.spec.indicator_timeframes;
  if (wanted === undefined) return [];
  return grid.axes.timeframes.flatMap((base) => {
    const used = grid.indicatorTimeframes(base);
    const unused = Object.entries(wanted).flatMap(([indicator, timeframes]) =>
      timeframes
        .filter((t) => !used[indicator as keyof typeof used]?.includes(t))
        .map((t) => `${indicator} on ${t}`),
    );
    return unused.length === 0
      ? []
      : [`${base} cells don't use ${unused.join(', ')}: shorter than their own timeframe.`];
  });
}
