import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { counted, grouped } from '../contract/counted.ts';
import { EngineError } from '../contract/errors.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import { readingsOf, type SeriesName, type WatchedFile } from '../store/watched.ts';
import type { MarketFiles } from '../workers/market-files.ts';
import type { Imported, Importer } from './importer.ts';
import { planFiles, reasonOf } from './look-at-files.ts';
import type { Reading } from './reading.ts';
import { copySettled, type FileLook } from './settled-copy.ts';

export interface WatchedReadDeps {
  readonly store: Store;
  readonly library: CandleLibrary;
  readonly files: MarketFiles;
  readonly importer: Importer;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** What reading a watched file came to. */
export interface WatchedOutcome extends Pick<WatchedFile, 'state' | 'message' | 'series' | 'rows'> {
  /** Bars that it brought or changed. */
  readonly news: number;
  /** Whether somebody should look at it, apart from what its state says. */
  readonly isOdd: boolean;
}

interface Wanted extends SeriesName {
  readonly reading: Reading;
}

/**
 * Reads a file of a watched folder as it was read the last time, or, if it never was, as the folder's options say, and joins what it holds
 * with what is stored. What it can't be sure of it leaves alone. Undefined where the file was changed meanwhile.
 *
 * @param room a folder for a copy of it
 */
export async function readWatched(
  deps: WatchedReadDeps,
  {
    file,
    look,
    before,
    options,
    room,
  }: {
    readonly file: string;
    readonly look: FileLook;
    /** What became of it the last time. */
    readonly before: WatchedFile | undefined;
    readonly options: Reading;
    readonly room: string;
  },
): Promise<WatchedOutcome | undefined> {
  const { series = [], rows = 0 } = before ?? {};
  const unread = (state: WatchedFile['state'], message: string): WatchedOutcome => ({
    state,
    message,
    series,
    rows,
    news: 0,
    isOdd: true,
  });
  if (look.size === 0) return { ...unread('waiting', `${basename(file)} is empty.`), isOdd: false };
  const copy = join(room, basename(file));
  try {
    if (!(await copySettled(file, copy, look, deps.now()))) return undefined;
  } catch (error) {
    await rm(copy, { force: true });
    return unread('waiting', unreadable(file, error as NodeJS.ErrnoException));
  }
  try {
    const { wanted, refused } = await wantedOf(deps, file, copy, options);
    for (const { symbol } of wanted) deps.importer.assertNotInUse(symbol);
    const done: Imported[] = [];
    for (const one of wanted) done.push(await joinSeries(deps, file, copy, one));
    return outcomeOf(file, { done, refused, rowsBefore: rows, isFirst: series.length === 0 });
  } catch (error) {
    const isBusy = error instanceof EngineError && error.code === 'conflict';
    const reason = reasonOf(error).replaceAll(copy, file);
    return unread(isBusy ? 'waiting' : 'left', isBusy ? `${basename(file)} waits: ${reason}` : reason);
  } finally {
    await rm(copy, { force: true });
  }
}

/** The series that a file was imported as, each as it was read; of one that never was, those that its name and content say. */
async function wantedOf(
  { store, files }: WatchedReadDeps,
  file: string,
  copy: string,
  options: Reading,
): Promise<{ wanted: Wanted[]; refused: string[] }> {
  const known = readingsOf(store, file);
  if (known.length > 0) return { wanted: known, refused: [] };
  const { priceScale: _, ...looking } = options;
  const { imports, refused } = await planFiles(files, [copy], looking);
  return {
    wanted: imports.map(({ symbol, timeframe }) => ({ symbol, timeframe, reading: options })),
    refused: refused.map(({ refusal }) => refusal.replaceAll(copy, file)),
  };
}

async function joinSeries(
  { importer, library }: WatchedReadDeps,
  file: string,
  copy: string,
  { symbol, timeframe, reading }: Wanted,
): Promise<Imported> {
  const newest = library.changes().find((one) => one.symbol === symbol && one.timeframe === timeframe);
  return importer.importOne(
    { ...reading, file: copy, symbol, timeframe, replace: false },
    // What is watched for is one change, however often it grows.
    { goesOn: newest?.action === 'watch', unattended: true, original: file },
  );
}

function outcomeOf(
  file: string,
  {
    done,
    refused,
    rowsBefore,
    isFirst,
  }: {
    readonly done: readonly Imported[];
    readonly refused: readonly string[];
    readonly rowsBefore: number;
    readonly isFirst: boolean;
  },
): WatchedOutcome {
  const name = basename(file);
  const rows = done.reduce((sum, one) => sum + one.rows, 0);
  const isShorter = refused.length === 0 && rows < rowsBefore;
  const sentences = done.flatMap((one) => [seriesText(one), ...(isFirst ? firstNotes(one) : [])]);
  if (isShorter) {
    sentences.push(
      `${name} is shorter than before, ${counted(rows, 'row')} instead of ${grouped(rowsBefore)}: what is stored stays.`,
    );
  }
  sentences.push(...refused.map((reason) => `${name}: ${reason}`));
  const changed = done.reduce((sum, one) => sum + one.changed, 0);
  return {
    state: refused.length > 0 ? 'left' : 'current',
    message: sentences.join(' '),
    series: done.map(({ row: { symbol, timeframe } }) => ({ symbol, timeframe })),
    rows,
    news: done.reduce((sum, one) => sum + one.added, 0) + changed,
    isOdd: isShorter || refused.length > 0 || (changed > 0 && !isFirst),
  };
}

function seriesText({ row, added, lateAt, changed, badRows }: Imported): string {
  const news = [
    ...(added > 0 ? [`${counted(added, 'bar')} added`] : []),
    ...(lateAt.length > 0
      ? [`${counted(lateAt.length, 'bar')} of them late, between bars that were there`]
      : []),
    ...(changed > 0 ? [`${counted(changed, 'bar')} changed`] : []),
    ...(badRows > 0 ? [`${counted(badRows, 'unusable row')} skipped`] : []),
  ];
  const newest = new Date(row.last_time).toISOString().slice(0, 16).replace('T', ' ');
  return `${row.symbol} ${row.timeframe} up to ${newest} UTC: ${news.length === 0 ? 'nothing new' : news.join(', ')}.`;
}

function firstNotes({ format, timezone, notes }: Imported): string[] {
  return [`Read as ${format}, times as ${timezone.name} (${timezone.source}).`, ...notes];
}

function unreadable(file: string, { code, message }: NodeJS.ErrnoException): string {
  const reasons: Readonly<Record<string, string>> = {
    EBUSY: 'another program has it locked',
    EACCES: 'another program has it locked, or you have no permission for it',
    EPERM: 'another program has it locked, or you have no permission for it',
    ENOENT: 'it was just removed',
  };
  return `${basename(file)} can't be read at the moment: ${reasons[code ?? ''] ?? message}.`;
}
