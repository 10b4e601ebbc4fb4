import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ClaimOutput } from '../api/claim-output.ts';
import { apiHandlers } from '../api/handlers.ts';
import { tokenOwner } from '../api/tokens.ts';
import { openArtifactFolder } from '../artifacts/folder.ts';
import { artifactFolderOf } from '../artifacts/place.ts';
import { discardAbandoned } from '../backup/switch.ts';
import { createVerification } from '../backup/verification.ts';
import type { Config } from '../config/schema.ts';
import { openConfigStore } from '../config/store.ts';
import { isReading } from '../contract/api/effects.ts';
import { type Call, createCall } from '../contract/api/index.ts';
import type { BackupDto, HostKind, TokenDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { EventListener } from '../contract/events.ts';
import type { LogLevel } from '../contract/log-level.ts';
import { claimOutput } from '../files/output-file.ts';
import { createImporter } from '../imports/importer.ts';
import { createWatching, type Watching, type WatchingDeps } from '../imports/watching.ts';
import type { Alerts } from '../live/alerts/alerts.ts';
import type { Forward } from '../live/forward/forward.ts';
import { createFeed, type Feed, KEPT_LINES } from '../log/feed.ts';
import { type Log, type LogFields, openLog } from '../log/log-file.ts';
import type { CleanupDeps } from '../maintenance/cleanup.ts';
import type { Housekeeping } from '../maintenance/housekeeping.ts';
import { prepareFolders } from '../maintenance/prepare.ts';
import { dayStartOf } from '../market/time/day-start.ts';
import type { CommitStep } from '../queue/commit.ts';
import { lostResultsNote } from '../queue/lost-results.ts';
import { type ProcessTable, systemProcesses } from '../queue/owner.ts';
import { createQueueService, type QueueService } from '../queue/service.ts';
import type { Sleep } from '../queue/sleep.ts';
import type { RegistryStep } from '../registry/deps.ts';
import type { Registry } from '../registry/service.ts';
import type { Schedules } from '../schedule/schedules.ts';
import type { Trainings } from '../schedule/trainings.ts';
import { createCandleLibrary } from '../store/candle-library.ts';
import { openStore, type Store } from '../store/database.ts';
import { openDraft } from '../store/draft.ts';
import { hasDatabase, openReadingStore } from '../store/reading.ts';
import { syncRegimes } from '../store/regimes.ts';
import { createTracker } from '../tracking/tracker.ts';
import { createAnalysis } from '../workers/analysis.ts';
import { createMarketThreads, marketFilesInPlace } from '../workers/market-files.ts';
import { housekeepingOf } from './host-housekeeping.ts';
import { type FoundAtOpening, findAtOpening, soundFolderNotes } from './opening-notes.ts';
import { isOwnFile } from './own-files.ts';
import { registryOf } from './registry-rooms.ts';
import { createTrainers } from './trainers.ts';

/** How long a command line that has something for a tracking server waits at its end: nobody sends it later. */
const LAST_SENDING_MS = 15_000;

export interface EngineOptions {
  /** Folder that holds everything Regimen keeps; it need not be there yet. */
  readonly workspace: string;
  /**
   * `host`: a window or server that stays; refuses a workspace in which another process trains, and goes on with crashed
   * queues where the configuration says so. `command`: one command line;
   * a workspace that is not there is created with the first change to it. `reader`: one command line that only looks; nothing
   * in the workspace is changed, and it may be one that can't be written to.
   */
  readonly role: 'host' | 'command' | 'reader';
  /** What other processes are told that this one is; a host is a server, unless it is said. */
  readonly hostKind?: HostKind;
  /** Milliseconds since 1970-01-01 UTC; passed in so that a run can be replayed. */
  readonly now?: () => number;
  /** Overrides queue.threads of the configuration. */
  readonly threads?: number;
  /** Overrides queue.workers of the configuration: where workers on other machines are met. */
  readonly redis?: string | undefined;
  /** Overrides logging.level of the configuration. */
  readonly logLevel?: LogLevel | undefined;
  /** Folder of what belongs to the user rather than to a workspace; by default REGIMEN_HOME or `~/.regimen`. */
  readonly home?: string;
  /** Variables of the environment, by default those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What is known of other processes. */
  readonly processes?: ProcessTable;
  /** Told of each step of a commit as it is done, so that tests can end the process in between. */
  readonly onCommitStep?: (step: CommitStep | RegistryStep) => void;
  /** The module that worker threads run, so that tests can have threads fail. */
  readonly taskFile?: string;
}

/** What the process that hosts an engine tells it of itself. */
export interface HostSide extends Sleep {
  /** Something that the process has to say: for the log file and the live feed. */
  report(level: 'info' | 'warn' | 'error', message: string, fields: LogFields): void;
  /** Whose token it is that another program shows; undefined of one that is unknown or revoked. */
  tokenOwner(token: string): TokenDto | undefined;
}

/** An open workspace: the engine, apart from what outlives a restore. */
export interface OpenWorkspace extends HostSide {
  readonly call: Call;
  /** What somebody who looks at it should know about its files. */
  notes(): readonly string[];
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
  hooks: WorkspaceHooks,
): OpenWorkspace {
  const { emit, follow } = relayed(hooks.emit);
  const configs = openConfigStore(workspace);
  const config = configs.current;
  const database = join(workspace, 'regimen.db');
  const begin = (store: Store) => syncRegimes(store, config().regimes.definitions);
  const isReader = options.role === 'reader';
  const isHost = options.role === 'host';
  // A window or server makes its workspace; a command only when it has something to put into it.
  const isDraft = !isHost && !hasDatabase(database);
  const store = isDraft ? openDraft(database, begin) : openNow(database, begin, isReader);
  const found = isDraft ? { ofLog: [], ofRows: [] } : findAtOpening(store);

  const now = options.now ?? Date.now;
  const home = options.home ?? process.env.REGIMEN_HOME ?? join(homedir(), '.regimen');
  const bitsFile = join(home, 'bits.json');
  const [analysis, tester] = [createAnalysis(bitsFile), createAnalysis(bitsFile)];
  const files = isHost ? createMarketThreads() : marketFilesInPlace;
  const log = logOf(workspace, config(), options);
  // Nobody asks a command for what was said before.
  const feed = createFeed({ log, emit, now, earlier: isHost ? log.tail(KEPT_LINES) : [] });
  const candleFolder = join(workspace, 'candles');
  const checkpointFolder = () => resolve(workspace, config().storage.checkpoints_dir);
  const library = createCandleLibrary(store, candleFolder, (session) =>
    dayStartOf(config().market.day_start, session),
  );
  const { onCommitStep: onStep, env = process.env, taskFile } = options;
  const places = { workspace, config, candles: library, candleFolder, env, given: options };
  const training = createTrainers({ ...places, analysis, feed, taskFile });
  const artifacts = openArtifactFolder(
    () => resolve(workspace, artifactFolderOf(workspace, config().storage.artifacts_dir)),
    () => options.onCommitStep?.('temporary file written'),
  );
  const folders = foldersOf({ config, store, artifacts, candleFolder, checkpointFolder, now });
  const processes = options.processes ?? systemProcesses();
  const hostKind = options.hostKind ?? (isHost ? 'server' : 'command line');
  const trainer = () => training.get(queues.launcher.running() > 0);
  const queues: QueueService = createQueueService({
    workspace,
    checkpointFolder,
    isHost,
    hostKind,
    store,
    library,
    reader: analysis,
    tester,
    artifacts,
    onStep,
    config,
    trainer,
    threads: training.threads,
    prepareFolders(queueId) {
      prepareFolders({ ...folders, workspace, feed }, queueId);
      discardAbandoned(workspace);
    },
    feed,
    emit,
    processes,
    residentBytes: process.memoryUsage.rss,
    now,
  });

  const shared = { store, library, config, trainer, queues, feed, emit, hostKind, isHost, processes, now };
  const rooms = registryOf({ ...shared, analysis, artifacts, workspace, onStep });
  const isTraining = () => queues.launcher.running() > 0;
  const tracker = createTracker({ ...shared, ...rooms, env, isTraining });
  follow((event) => tracker.wake(event));
  if (!isReader) follow(rooms.wake);
  const verification = createVerification({ workspace, folders, isHost, feed, emit });
  const housekeeping = housekeepingOf(workspace, folders, verification, feed, () => call);
  const incoming = importsOf({ ...shared, files });

  async function close(): Promise<void> {
    incoming.watching.end();
    housekeeping.end();
    rooms.end();
    await queues.shutdown();
    await Promise.all([rooms.idle(), incoming.watching.idle()]);
    await tracker.end(isHost ? 0 : LAST_SENDING_MS);
    await Promise.all([training, analysis, tester, files, verification].map((one) => one.close()));
    store.close();
  }

  const handlers = apiHandlers({
    workspace,
    home,
    store,
    configs,
    library,
    artifacts,
    analysis,
    files,
    ...incoming,
    queues,
    ...rooms,
    tracker,
    meeting: { env, redis: options.redis },
    feed,
    hostKind,
    folders,
    verification,
    emit,
    claimOutput: claimIn(workspace, () => [artifacts.path, checkpointFolder()]),
    restore: hooks.restore,
    now,
  });
  const call = createCall(handlers);
  const opened: OpenWorkspace = {
    call: isReader ? onlyReading(call) : call,
    notes: () => [
      ...notesOf(queues, found, folders),
      ...(isDraft ? [] : rooms.registry.expired().map(({ message }) => message)),
    ],
    isTraining,
    ...queues.sleep,
    report: (level, message, fields) => feed[level](null, message, fields),
    tokenOwner: (token) => tokenOwner(store, token),
    close,
  };
  try {
    if (isDraft) queues.recovery.lost.find();
    else startUp(options.role, { queues, ...rooms, ...incoming, folders, feed, housekeeping }, found);
  } catch (error) {
    void close();
    throw error;
  }
  if (!isReader) tracker.begin();
  return opened;
}

function notesOf(queues: QueueService, { ofLog, ofRows }: FoundAtOpening, folders: CleanupDeps): string[] {
  const lost = queues.recovery.lost.list().map(lostResultsNote);
  return [...lost, ...ofLog, ...ofRows, ...soundFolderNotes(folders)];
}

/** An event that rooms of the engine listen to, too. */
function relayed(emitted: EventListener) {
  const followers: EventListener[] = [emitted];
  const emit: EventListener = (event) => {
    for (const follower of followers) follower(event);
  };
  return { emit, follow: (follower: EventListener) => void followers.push(follower) };
}

/** Who only reads writes nothing, its log included. */
function logOf(workspace: string, { logging }: Config, { logLevel, role }: EngineOptions): Log {
  const level = logLevel ?? logging.level;
  return openLog(workspace, { ...logging, level, log_to_file: logging.log_to_file && role !== 'reader' });
}

/** What the configuration says at the moment. */
function foldersOf({
  config,
  checkpointFolder,
  ...rest
}: Omit<CleanupDeps, 'config' | 'checkpointFolder'> & {
  readonly config: () => Config;
  readonly checkpointFolder: () => string;
}): CleanupDeps {
  return {
    ...rest,
    get config() {
      return config();
    },
    get checkpointFolder() {
      return checkpointFolder();
    },
  };
}

/** What brings candles in. */
function importsOf(deps: Omit<WatchingDeps, 'importer'>) {
  const importer = createImporter(deps);
  return { importer, watching: createWatching({ ...deps, importer }) };
}

/** See `claimOutput`; `folders`: what the workspace keeps elsewhere. */
function claimIn(workspace: string, folders: () => readonly string[]): ClaimOutput {
  const isOwn = (path: string) => isOwnFile(workspace, folders(), path);
  return (file, overwrite) => claimOutput(file, { overwrite, isOwn });
}

interface StartedRooms {
  readonly queues: QueueService;
  readonly registry: Registry;
  readonly trainings: Trainings;
  readonly watching: Watching;
  readonly schedules: Schedules;
  readonly forward: Forward;
  readonly alerts: Alerts;
  readonly folders: CleanupDeps;
  readonly feed: Feed;
  readonly housekeeping: Housekeeping;
}

/** Finds what a crash left; a host goes on with it where the configuration says so. */
function startUp(
  role: EngineOptions['role'],
  {
    queues,
    registry,
    trainings,
    schedules,
    forward,
    alerts,
    watching,
    folders,
    feed,
    housekeeping,
  }: StartedRooms,
  { ofLog, ofRows }: FoundAtOpening,
): void {
  const says = { source: 'workspace/open:startUp' } as const;
  if (role !== 'reader') registry.reconcile();
  if (role !== 'reader') for (const note of ofLog) feed.warn(null, note, says);
  if (role === 'host') queues.assertNotForeign();
  queues.recovery.findCrashes();
  queues.recovery.lost.find();
  if (role !== 'host') return;
  const { lost } = queues.recovery;
  for (const found of lost.list()) {
    feed.warn(null, lostResultsNote(found), { ...says, topic: 'checkpoint' });
  }
  lost.whenDecided(() => {
    queues.recovery.resumeCrashed();
    for (const note of [...ofRows, ...soundFolderNotes(folders)]) feed.warn(null, note, says);
    void forward.look();
    alerts.begin();
    registry.watchExpiry();
    housekeeping.begin();
    queues.workOff.begin();
    trainings.begin();
    watching.begin();
    schedules.begin();
  });
}

function openNow(database: string, begin: (store: Store) => void, isReader: boolean): Store {
  const store = isReader ? openReadingStore(database) : openStore(database);
  try {
    begin(store);
  } catch (error) {
    store.close();
    throw error;
  }
  return store;
}

/** What a reader changed would be changed in its copy alone. */
function onlyReading(call: Call): Call {
  return async (method, input) => {
    if (isReading(method)) return call(method, input);
    throw new EngineError('internal', `This engine was opened to read; "${method}" changes the workspace.`);
  };
}
