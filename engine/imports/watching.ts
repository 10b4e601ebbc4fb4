import { isAbsolute, relative, resolve } from 'node:path';
import type { WatchedFolderDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { EventListener } from '../contract/events.ts';
import { storedJson } from '../contract/stored-json.ts';
import { statOf } from '../files/stat-of.ts';
import type { Feed } from '../log/feed.ts';
import { livenessOf, type Owner, type ProcessTable, sameOwner } from '../queue/owner.ts';
import {
  deleteWatchedFolder,
  forgetWatchedFile,
  insertWatchedFolder,
  updateWatchedFolder,
  type WatchedFile,
  type WatchedFolderRow,
  watchedFiles,
  watchedFolders,
} from '../store/watched.ts';
import type { Reading } from './reading.ts';
import { createFolderLook } from './watched-look.ts';
import type { WatchedReadDeps } from './watched-read.ts';

/**
 * How often folders are looked into. Polling is the one way that sees what happens on network drives and in mounted folders, too, and a file is
 * read when it has not changed from one look to the next.
 */
const LOOK_MS = 2000;
const SAYS = { source: 'imports/watching:look' } as const;

/** Folders whose files are read again as they grow: by the window, the server or the command that is open on the workspace. */
export interface Watching {
  /**
   * Puts a folder on the list; one that is on it goes on with the options given.
   * @throws EngineError `invalid-input` for what is no folder; `conflict` where another process watches it, or a folder around or in it is watched
   */
  add(folder: string, options: Reading): WatchedFolderDto;
  /** What was read of it stays. False if it was not watched. */
  remove(folder: string): boolean;
  list(): WatchedFolderDto[];
  /** A file was imported by hand: it is looked at again. */
  lookAgain(file: string): void;
  /** This process begins to look into folders that no other one watches. */
  begin(): void;
  /** One look into all of them; never rejects for what is wrong with one. */
  look(): Promise<void>;
  /** Nothing is begun any more. */
  end(): void;
  /** Resolves when nothing is under way here; others may watch then. */
  idle(): Promise<void>;
}

export interface WatchingDeps extends WatchedReadDeps {
  /** A window or server: it begins by itself, and leaves to others what they watch. */
  readonly isHost: boolean;
  readonly processes: ProcessTable;
  readonly feed: Feed;
  readonly emit: EventListener;
}

function dtoOf(
  row: WatchedFolderRow,
  of: Pick<WatchedFolderDto, 'by' | 'problem'>,
  files: readonly WatchedFile[],
): WatchedFolderDto {
  return {
    ...of,
    folder: row.folder,
    since: new Date(row.added_at).toISOString(),
    options: { ...optionsOf(row) },
    files: files.map(({ file, state, message, series, at }) => ({
      file,
      state,
      message,
      series: series.map(({ symbol, timeframe }) => `${symbol} ${timeframe}`),
      at: new Date(at).toISOString(),
    })),
  };
}

function optionsOf({ folder, options }: WatchedFolderRow): Reading {
  return storedJson<Reading>(options, `how files of the watched folder ${folder} are read`);
}

export function createWatching(deps: WatchingDeps): Watching {
  const { store, processes, feed, emit, now, isHost } = deps;
  const self = JSON.stringify(processes.self);
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  let hasLooked = false;
  let looking: Promise<void> | undefined;
  let lastFault = '';

  const tell = () => emit({ type: 'workspace.changed', what: 'watched' });

  const folders = createFolderLook({ ...deps, optionsOf, hasEnded: () => ended });

  function whose({ folder, owner }: WatchedFolderRow): 'here' | 'elsewhere' | 'unknown' | null {
    if (owner === null) return null;
    const process = storedJson<Owner>(owner, `who watches ${folder}`);
    if (sameOwner(process, processes.self)) return 'here';
    const liveness = livenessOf(process, processes);
    return liveness === 'dead' ? null : liveness === 'alive' ? 'elsewhere' : 'unknown';
  }

  /** Folders that are this process's to watch, taken over where their process has ended. */
  function claim(): WatchedFolderRow[] {
    return watchedFolders(store).filter((row) => {
      const by = whose(row);
      if (by === 'here') return true;
      // A command watches what it was told to.
      if (by !== null || !isHost) return false;
      updateWatchedFolder(store, row.folder, { owner: self });
      return true;
    });
  }

  async function lookIntoAll(): Promise<void> {
    for (const row of claim()) {
      if (ended) return;
      try {
        await folders.lookInto(row);
        lastFault = '';
      } catch (error) {
        // Others are watched on; what is wrong with the disk is said once.
        const { message } = error as Error;
        if (message !== lastFault) feed.error(null, `Watching ${row.folder}: ${message}`, SAYS);
        lastFault = message;
      }
    }
  }

  function told(row: WatchedFolderRow): WatchedFolderDto {
    const by = whose(row);
    const of = { by: by === 'unknown' ? ('elsewhere' as const) : by, problem: folders.problemOf(row.folder) };
    return dtoOf(row, of, watchedFiles(store, row.folder));
  }

  function look(): Promise<void> {
    hasLooked = true;
    looking ??= lookIntoAll().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  /** Puts a folder on the list. */
  function list(folder: string, options: Reading): WatchedFolderRow {
    const known = watchedFolders(store);
    const other = known.find((one) => one.folder !== folder && isWithin(one.folder, folder));
    if (other !== undefined) throw overlapping(folder, other.folder);
    const before = known.find((one) => one.folder === folder);
    // Who can't be asked whether it lives is taken for dead by whoever says that it watches.
    const by = before === undefined ? null : whose(before);
    if (by === 'elsewhere' && !isHost) throw watchedElsewhere(folder);
    const owner = by === 'elsewhere' ? before!.owner : self;
    const isChanged = before === undefined || Object.keys(options).length > 0;
    const row: WatchedFolderRow = {
      folder,
      options: isChanged ? JSON.stringify(options) : before.options,
      owner,
      added_at: before?.added_at ?? now(),
    };
    if (before === undefined) insertWatchedFolder(store, row);
    else updateWatchedFolder(store, folder, row);
    // What could not be read may be read now.
    for (const one of watchedFiles(store, folder)) {
      if (isChanged && one.state === 'left') forgetWatchedFile(store, one.file);
    }
    return row;
  }

  function begin(): void {
    if (timer !== undefined || ended) return;
    const wake = () =>
      void look().catch((error: unknown) =>
        feed.error(null, `Folders can't be watched: ${(error as Error).message}`, SAYS),
      );
    timer = setInterval(wake, LOOK_MS);
    timer.unref();
    wake();
  }

  return {
    add(path, options) {
      const folder = resolve(path);
      if (!(statOf(folder)?.isDirectory() ?? false)) throw noFolder(folder);
      const row = store.transaction(() => list(folder, options));
      tell();
      return told(row);
    },
    remove(path) {
      const folder = resolve(path);
      const removed = store.transaction(() => deleteWatchedFolder(store, folder));
      if (removed) tell();
      return removed;
    },
    list: () => watchedFolders(store).map(told),
    lookAgain(file) {
      if (forgetWatchedFile(store, resolve(file))) tell();
    },
    begin,
    look,
    end() {
      ended = true;
      clearInterval(timer);
    },
    async idle() {
      await looking?.catch(() => undefined);
      folders.close();
      // Nobody who did not watch has anything to give back.
      if (!hasLooked) return;
      for (const row of watchedFolders(store)) {
        if (whose(row) === 'here') updateWatchedFolder(store, row.folder, { owner: null });
      }
    },
  };
}

/** Whether one of two folders lies in the other. */
function isWithin(a: string, b: string): boolean {
  return [relative(a, b), relative(b, a)].some((path) => !/^\.\.([/\\]|$)/.test(path) && !isAbsolute(path));
}

function noFolder(folder: string): EngineError {
  return new EngineError(
    'invalid-input',
    `${folder} is no folder. Name the folder that a terminal exports its candles to.`,
    { file: folder },
  );
}

function overlapping(folder: string, other: string): EngineError {
  return new EngineError(
    'conflict',
    `${folder} can't be watched: ${other} is already, and one lies in the other. Take that one off the list first.`,
    { folder: other },
  );
}

function watchedElsewhere(folder: string): EngineError {
  return new EngineError(
    'conflict',
    `${folder} is watched already, by another process on this workspace. \`regimen market watched\` shows what it does.`,
    { folder },
  );
}
