import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { EngineError } from '../contract/errors.ts';
import type { EventListener } from '../contract/events.ts';
import { timeframeMs } from '../contract/timeframe.ts';
import type { Feed } from '../log/feed.ts';
import {
  saveWatchedFile,
  type WatchedFile,
  type WatchedFolderRow,
  watchedFiles,
  watchedFolders,
} from '../store/watched.ts';
import { lookIntoFolder } from './folder-files.ts';
import type { Reading } from './reading.ts';
import type { FileLook } from './settled-copy.ts';
import { readWatched, type WatchedOutcome, type WatchedReadDeps } from './watched-read.ts';

/** A file that is never still, since it is written with each tick, is read after so many looks. */
const MOST_LOOKS = 10;
/** Where no bar can have closed since a file was read, it is read again after this time, since it may have been corrected. */
const SELDOM_MS = 5 * 60_000;
const SAYS = { source: 'imports/watched-look:look' } as const;

export interface FolderLookDeps extends WatchedReadDeps {
  readonly feed: Feed;
  readonly emit: EventListener;
  readonly optionsOf: (row: WatchedFolderRow) => Reading;
  readonly hasEnded: () => boolean;
}

/** A file that changed, and how it was at the last look. */
interface Settling extends FileLook {
  readonly looks: number;
}

/** Looks into one watched folder after the other, and reads what has changed in them since. */
export interface FolderLook {
  /** @throws what is wrong with the disk or the workspace; what is wrong with a file or the folder is said */
  lookInto(row: WatchedFolderRow): Promise<void>;
  /** Why a folder can't be looked into. */
  problemOf(folder: string): string | null;
  close(): void;
}

export function createFolderLook(deps: FolderLookDeps): FolderLook {
  const { store, library, importer, feed, emit, now, optionsOf, hasEnded } = deps;
  const settling = new Map<string, Settling>();
  const problems = new Map<string, string>();
  /** Where files are copied to. */
  let room: string | undefined;

  const tell = () => emit({ type: 'workspace.changed', what: 'watched' });

  async function lookInto(row: WatchedFolderRow): Promise<void> {
    const found = await lookIntoFolder(row.folder).catch((error: unknown) => {
      if (!(error instanceof EngineError)) throw error;
      return error.message;
    });
    if (typeof found === 'string') {
      if (problems.get(row.folder) !== found) say(row.folder, 'warn', `${found} It is tried again.`);
      problems.set(row.folder, found);
      return;
    }
    if (problems.delete(row.folder)) say(row.folder, 'info', `The folder ${row.folder} can be read again.`);
    const known = new Map(watchedFiles(store, row.folder).map((one) => [one.file, one]));
    for (const [file, look] of found) {
      if (hasEnded()) return;
      await lookAt(row, file, look, known.get(file));
    }
    for (const one of known.values()) {
      if (found.has(one.file) || one.state === 'gone') continue;
      settling.delete(one.file);
      const message = `${basename(one.file)} is no longer there: what was read of it stays.`;
      note(one, { ...one, state: 'gone', message, at: now() }, 'warn');
    }
  }

  async function lookAt(
    row: WatchedFolderRow,
    file: string,
    look: FileLook,
    before: WatchedFile | undefined,
  ): Promise<void> {
    const isDone = before?.state === 'current' || before?.state === 'left';
    if (isDone && isSame(before, look)) {
      settling.delete(file);
      return;
    }
    const last = settling.get(file);
    const looks = (last?.looks ?? 0) + 1;
    settling.set(file, { ...look, looks });
    const isStill = last !== undefined && isSame(last, look);
    if (!isStill && looks < MOST_LOOKS) return;
    if (before?.state === 'current' && !isDue(before, look)) return;
    room ??= mkdtempSync(join(tmpdir(), 'regimen-watched-'));
    const wish = { file, look, before, options: optionsOf(row), room };
    const outcome = await importer.inTurn(() => readWatched(deps, wish));
    // Taken off the list meanwhile, or changed.
    if (outcome === undefined || !watchedFolders(store).some(({ folder }) => folder === row.folder)) return;
    settling.delete(file);
    tellOf(
      before,
      { file, folder: row.folder, size: look.size, modified: look.modified, at: now() },
      outcome,
    );
  }

  /** Whether a file that was read may have another bar that has closed, or was corrected. */
  function isDue({ series, size, at }: WatchedFile, look: FileLook): boolean {
    if (look.size < size || now() - at >= SELDOM_MS) return true;
    return series.some(({ symbol, timeframe }) => {
      const stored = library.find(symbol, timeframe);
      return stored === undefined || look.modified >= stored.last_time + 2 * timeframeMs(timeframe);
    });
  }

  function tellOf(
    before: WatchedFile | undefined,
    of: Pick<WatchedFile, 'file' | 'folder' | 'size' | 'modified' | 'at'>,
    { news, isOdd, ...outcome }: WatchedOutcome,
  ): void {
    const after: WatchedFile = { ...of, ...outcome };
    if (news > 0) emit({ type: 'workspace.changed', what: 'series' });
    const isFirst = before === undefined || before.series.length === 0;
    if (isOdd) note(before, after, 'warn');
    else if (isFirst || after.state !== before.state) note(before, after, 'info');
    else {
      saveWatchedFile(store, after);
      tell();
      if (news === 0) return;
      // A line a minute, for weeks: those who look see it, and the log where its level asks for it.
      feed.debug(null, after.message, SAYS);
      emit({ type: 'market.watched', file: after.file, level: 'info', message: after.message });
    }
  }

  /** Keeps what became of a file, and says it where that was not so before. */
  function note(before: WatchedFile | undefined, after: WatchedFile, level: 'info' | 'warn'): void {
    const isNews = before?.state !== after.state || before.message !== after.message;
    // One that waits is looked at again and again.
    if (!isNews && isSame(before, after)) return;
    saveWatchedFile(store, after);
    tell();
    if (isNews) say(after.file, level, after.message);
  }

  function say(file: string, level: 'info' | 'warn', message: string): void {
    feed[level](null, message, SAYS);
    emit({ type: 'market.watched', file, level, message });
  }

  return {
    lookInto,
    problemOf: (folder) => problems.get(folder) ?? null,
    close() {
      if (room !== undefined) rmSync(room, { recursive: true, force: true });
    },
  };
}

function isSame(a: FileLook, b: FileLook): boolean {
  return a.size === b.size && a.modified === b.modified;
}
