import { mkdirSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gridHandlers } from './api/grid.ts';
import { historyHandlers } from './api/history.ts';
import { maintenanceHandlers } from './api/maintenance.ts';
import { marketHandlers } from './api/market.ts';
import { modelHandlers } from './api/models.ts';
import { regimeHandlers } from './api/regimes.ts';
import { settingsHandlers } from './api/settings.ts';
import { storageHandlers } from './api/storage.ts';
import { traceHandlers } from './api/trace.ts';
import { vacancies } from './api/vacancies.ts';
import { openConfigStore } from './config/store.ts';
import { type Call, createCall, type Handlers } from './contract/api/index.ts';
import type { BackupDto } from './contract/dto/index.ts';
import type { EventListener } from './contract/events.ts';
import { createFeed, type Feed } from './log/feed.ts';
import { openLog } from './log/log-file.ts';
import { applySweep, planSweep, type SweepDeps } from './maintenance/sweep.ts';
import { CHECKPOINT_FOLDER } from './queue/checkpoint-folder.ts';
import type { CommitStep } from './queue/commit.ts';
import { type ProcessTable, systemProcesses } from './queue/owner.ts';
import { createQueueService } from './queue/service.ts';
import { ACTIVE_STATES } from './queue/states.ts';
import { openArtefactFolder } from './selection/artefacts.ts';
import { createCandleLibrary } from './store/candle-library.ts';
import { championDtos } from './store/champions.ts';
import { openStore } from './store/database.ts';
import { queuesInStates } from './store/queues.ts';
import { syncRegimes } from './store/regimes.ts';
import { createAnalysis } from './workers/analysis.ts';
import { createWorkerPool, type PoolOptions, type WorkerPool } from './workers/pool.ts';

export interface EngineOptions {
  /** Folder that holds everything Regimen keeps; created when it is not there. */
  readonly workspace: string;
  /**
   * `host`: a window or server that stays; refuses a workspace in which another process trains, and goes on with crashed
   * queues where the configuration says so. `command`: one command line.
   */
  readonly role: 'host' | 'command';
  /** Milliseconds since 1970-01-01 UTC; passed in so that a run can be replayed. */
  readonly now?: () => number;
  /** Overrides queue.threads of the configuration. */
  readonly threads?: number;
  /** Folder of what belongs to the user rather than to a workspace; by default REGIMEN_HOME or `~/.regimen`. */
  readonly home?: string;
  /** What is known of other processes. */
  readonly processes?: ProcessTable;
  /** Told of each step of a commit as it is done, so that tests can end the process in between. */
  readonly onCommitStep?: (step: CommitStep) => void;
  /** The module that worker threads run, so that tests can have threads fail. */
  readonly taskFile?: string;
}

/** An open workspace: the engine, apart from what outlives a restore. */
export interface OpenWorkspace {
  readonly call: Call;
  isTraining(): boolean;
  close(): Promise<void>;
}

export interface WorkspaceHooks {
  readonly emit: EventListener;
  /** Closes the workspace, puts the backup in its place and opens it again. */
  readonly restore: (file: string) => Promise<BackupDto>;
}

/**
 * Opens a workspace and wires the rooms; start-up and crash recovery are one path. Throws the errors of the configuration
 * and the database before anything is written.
 */
export function openWorkspace(
  workspace: string,
  options: EngineOptions,
  { emit, restore }: WorkspaceHooks,
): OpenWorkspace {
  const configs = openConfigStore(workspace);
  const config = configs.current;
  mkdirSync(workspace, { recursive: true });
  const store = openStore(join(workspace, 'regimen.db'));
  syncRegimes(store, config().regimes.definitions);

  const now = options.now ?? Date.now;
  const home = options.home ?? process.env.REGIMEN_HOME ?? join(homedir(), '.regimen');
  const threads = () => {
    const wanted = config().queue.threads;
    return options.threads ?? (wanted === 'auto' ? availableParallelism() : wanted);
  };
  let pool: { readonly options: PoolOptions; readonly workers: WorkerPool } | undefined;
  const analysis = createAnalysis();
  const log = openLog(workspace, config().logging);
  const feed = createFeed({ log, emit, now });
  const candleFolder = join(workspace, 'candles');
  const library = createCandleLibrary(store, candleFolder);
  const artefacts = openArtefactFolder(
    () => resolve(workspace, config().storage.artefacts_dir),
    () => options.onCommitStep?.('temporary file written'),
  );
  const folders: SweepDeps = {
    store,
    artefacts,
    candleFolder,
    checkpointFolder: join(workspace, CHECKPOINT_FOLDER),
    now,
  };
  const queues = createQueueService({
    workspace,
    store,
    library,
    artefacts,
    onStep: options.onCommitStep,
    config,
    pool: () => {
      const wanted = {
        threads: threads(),
        memoryMb: config().queue.worker_memory_mb,
        taskFile: options.taskFile,
      };
      if (pool !== undefined && !queues.isRunning() && !isDeepStrictEqual(pool.options, wanted)) {
        void pool.workers.close();
        pool = undefined;
      }
      pool ??= { options: wanted, workers: createWorkerPool(wanted) };
      return pool.workers;
    },
    get threads() {
      return threads();
    },
    feed,
    emit,
    processes: options.processes ?? systemProcesses(),
    now,
  });

  async function close(): Promise<void> {
    await queues.shutdown();
    await Promise.all([pool?.workers.close(), analysis.close()]);
    store.close();
  }

  const handlers: Handlers = {
    ...queues.handlers,
    ...gridHandlers(config),
    ...marketHandlers({ store, library, emit, now }),
    ...historyHandlers({ store, home, now }),
    ...modelHandlers({ store, library, artefacts, analysis, config }),
    ...traceHandlers({ store, library, artefacts, analysis, config }),
    ...regimeHandlers({ store, configs, emit, library, analysis }),
    ...settingsHandlers({ store, configs, emit }),
    ...storageHandlers(store, workspace),
    ...maintenanceHandlers({ workspace, folders, config, restore }),
    'feed.recent': ({ limit }) => feed.recent(limit),
    'champions.list': () => championDtos(store),
    'champions.vacancies': () => vacancies(store, config().evaluation.min_trades_per_regime),
  };

  try {
    if (options.role === 'host') queues.assertNotForeign();
    queues.recover({ resume: options.role === 'host' });
    // A queue that still counts as active is another process's: its files may be a step ahead of their rows.
    const isForeign = options.role === 'command' && queuesInStates(store, ACTIVE_STATES).length > 0;
    if (!isForeign) sweepAtStart(folders, feed);
  } catch (error) {
    void close();
    throw error;
  }
  return { call: createCall(handlers), isTraining: queues.isRunning, close };
}

/** Removes what a crash left. That it can't is no reason not to start. */
function sweepAtStart(folders: SweepDeps, feed: Feed): void {
  try {
    const plan = planSweep(folders, false);
    applySweep(folders, plan);
    const removed = plan.files.length;
    if (removed > 0)
      feed.info(null, `${removed} unfinished or unused ${removed === 1 ? 'file' : 'files'} removed.`);
    for (const { artefact_file: file } of plan.lost) {
      feed.warn(null, `The model file ${file} is missing: its run is not kept any more.`);
    }
  } catch (error) {
    feed.warn(null, `What a crash may have left was not removed: ${(error as Error).message}`);
  }
}
