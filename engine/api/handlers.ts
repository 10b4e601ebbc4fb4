import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { Verification } from '../backup/verification.ts';
import type { ConfigStore } from '../config/store.ts';
import type { Handlers } from '../contract/api/index.ts';
import type { BackupDto, HostKind } from '../contract/dto/index.ts';
import type { EventListener } from '../contract/events.ts';
import type { Importer } from '../imports/importer.ts';
import type { Watching } from '../imports/watching.ts';
import type { Alerts } from '../live/alerts/alerts.ts';
import type { Experts } from '../live/experts.ts';
import type { Forward } from '../live/forward/forward.ts';
import type { Signals } from '../live/signals.ts';
import type { Feed } from '../log/feed.ts';
import type { SweepDeps } from '../maintenance/sweep.ts';
import type { QueueService } from '../queue/service.ts';
import type { Registry } from '../registry/service.ts';
import type { Schedules } from '../schedule/schedules.ts';
import type { Trainings } from '../schedule/trainings.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import type { Tracker } from '../tracking/tracker.ts';
import type { Analysis } from '../workers/analysis.ts';
import type { MarketFiles } from '../workers/market-files.ts';
import { alertHandlers } from './alerts.ts';
import { axisScoreHandlers } from './axis-scores.ts';
import { barHandlers } from './bars.ts';
import { championHandlers } from './champions.ts';
import type { ClaimOutput } from './claim-output.ts';
import { combineHandlers } from './combine.ts';
import { compareHandlers } from './compare.ts';
import { evaluationHandlers } from './evaluation.ts';
import { evidenceHandlers } from './evidence.ts';
import { feedHandlers } from './feed.ts';
import { gridHandlers } from './grid.ts';
import { historyHandlers } from './history.ts';
import { jobHandlers } from './jobs.ts';
import { lookHandlers } from './looks.ts';
import { maintenanceHandlers } from './maintenance.ts';
import { marketHandlers } from './market.ts';
import { markHandlers } from './marks.ts';
import { modelHandlers } from './models.ts';
import { moneyHandlers } from './money.ts';
import { overviewHandlers } from './overview.ts';
import { portfolioHandlers } from './portfolio.ts';
import { queueHandlers } from './queues.ts';
import { recoveryHandlers } from './recovery.ts';
import { regimeHandlers } from './regimes.ts';
import { registryHandlers } from './registry.ts';
import { reportHandlers } from './reports.ts';
import { robustnessHandlers } from './robustness.ts';
import { runBundleHandlers } from './run-bundle.ts';
import { scheduleHandlers } from './schedules.ts';
import { searchHandlers } from './search.ts';
import { settingsHandlers } from './settings.ts';
import { signalHandlers } from './signals.ts';
import { statementHandlers } from './statement.ts';
import { storageHandlers } from './storage.ts';
import { submittedHandlers } from './submitted.ts';
import { survivalHandlers } from './survival.ts';
import { tokenHandlers } from './tokens.ts';
import { traceHandlers } from './trace.ts';
import { trackingHandlers } from './tracking.ts';
import { updateHandlers } from './updates.ts';
import { validationHandlers } from './validation.ts';
import { viewHandlers } from './views.ts';
import { type WorkerDeps, workerHandlers } from './workers.ts';

export interface ApiDeps {
  readonly workspace: string;
  /** Folder of what belongs to the user rather than to a workspace: `~/.regimen`. */
  readonly home: string;
  readonly store: Store;
  readonly configs: ConfigStore;
  readonly library: CandleLibrary;
  readonly artifacts: ArtifactFolder;
  readonly analysis: Analysis;
  readonly files: MarketFiles;
  readonly importer: Importer;
  readonly watching: Watching;
  readonly queues: QueueService;
  readonly registry: Registry;
  readonly trainings: Trainings;
  readonly schedules: Schedules;
  readonly signals: Signals;
  readonly forward: Forward;
  readonly experts: Experts;
  readonly alerts: Alerts;
  readonly tracker: Tracker;
  readonly feed: Feed;
  readonly folders: SweepDeps;
  readonly verification: Verification;
  /** Where workers on other machines are met. */
  readonly meeting: Omit<WorkerDeps, 'config' | 'bits'>;
  readonly emit: EventListener;
  readonly claimOutput: ClaimOutput;
  /** What the process that has the workspace open is. */
  readonly hostKind: HostKind;
  /** Closes the workspace, puts the backup in its place and opens it again. */
  readonly restore: (file: string) => Promise<BackupDto>;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** All handlers of the Api, on an open workspace. */
export function apiHandlers(deps: ApiDeps): Handlers {
  const { store, configs, queues } = deps;
  const config = configs.current;
  const validations = validationHandlers(queues.validations);
  const champions = championHandlers({ ...deps, config });
  const history = historyHandlers(deps);
  const traces = traceHandlers({ ...deps, config });
  const views = { ...validations, ...champions, ...history, ...traces };
  return combineHandlers(
    gridHandlers(config, queues.edits),
    queueHandlers(store, queues),
    jobHandlers(deps),
    submittedHandlers(deps),
    tokenHandlers(deps),
    evaluationHandlers(queues.evaluations),
    validations,
    searchHandlers(queues.searches, deps.claimOutput),
    registryHandlers(deps.registry, deps.trainings, deps.claimOutput, deps),
    survivalHandlers(queues.survivals, deps.registry.survival),
    scheduleHandlers(deps.schedules),
    signalHandlers(deps.signals, deps.forward),
    alertHandlers(deps.alerts),
    statementHandlers({
      ...deps,
      changed: () => deps.emit({ type: 'workspace.changed', what: 'statements' }),
    }),
    markHandlers({
      ...deps,
      champions,
      changed: () => deps.emit({ type: 'workspace.changed', what: 'marks' }),
    }),
    viewHandlers({ ...deps, changed: () => deps.emit({ type: 'workspace.changed', what: 'views' }) }),
    workerHandlers({ ...deps.meeting, config, bits: deps.analysis.bits }),
    recoveryHandlers(store, queues.recovery),
    feedHandlers(deps.feed),
    champions,
    overviewHandlers({ ...deps, champions: async () => champions['champions.list']({}) }),
    robustnessHandlers({ ...deps, config }),
    lookHandlers(deps),
    evidenceHandlers({ ...deps, config }),
    marketHandlers(deps),
    history,
    axisScoreHandlers({ store, searches: queues.searches }),
    compareHandlers({
      champions: async () => champions['champions.list']({}),
      history,
      traces,
      names: () => deps.registry.list(),
    }),
    modelHandlers({ ...deps, config }),
    runBundleHandlers({ ...deps, config }),
    traces,
    moneyHandlers({ ...deps, traces }),
    reportHandlers({ ...deps, config, views }),
    barHandlers({ ...deps, config }),
    portfolioHandlers({ ...deps, config }),
    regimeHandlers(deps),
    trackingHandlers(deps.tracker),
    updateHandlers(config),
    settingsHandlers(deps),
    storageHandlers(store, deps.workspace),
    maintenanceHandlers({ ...deps, config, assertDecided: () => queues.recovery.lost.assertDecided() }),
  );
}
