import { basename, relative } from 'node:path';
import type { ArrivalDto, WatchedFolderDto, WatchedState } from '../../../engine/contract/dto/index.ts';
import { minute, table } from './format.ts';

const STATES: Readonly<Record<WatchedState, string>> = {
  current: 'up to date',
  waiting: 'waits',
  left: 'left alone',
  gone: 'gone',
};

const BY: Readonly<Record<NonNullable<WatchedFolderDto['by']> | 'nobody', string>> = {
  here: 'watched here',
  elsewhere: 'watched by another process',
  nobody: 'watched by nobody now: open the window, the server or `regimen market watch` on it',
};

/** Each folder with what became of its files; reasons stand below their table. */
export function watchedText(folders: readonly WatchedFolderDto[]): string {
  if (folders.length === 0) return 'No folder is watched. `regimen market watch FOLDER` begins to.';
  return folders.map(folderText).join('\n\n');
}

function folderText({ folder, by, problem, files, options }: WatchedFolderDto): string {
  const told = Object.entries(options).map(([name, value]) => `${name} ${String(value)}`);
  const lines = [
    `${folder}: ${BY[by ?? 'nobody']}${told.length === 0 ? '' : `; its files are read with ${told.join(', ')}`}.`,
  ];
  if (problem !== null) lines.push(problem);
  if (files.length === 0) return [...lines, 'No file of market data was read in it yet.'].join('\n');
  const rows = files.map(({ file, state, series, at }) => [
    relative(folder, file),
    series.join(', ') || '–',
    STATES[state],
    minute(at),
  ]);
  lines.push(table(['File', 'Series', 'State', 'Since (UTC)'], rows), ...files.map(fileText));
  return lines.join('\n');
}

/** What became of each file. */
export function filesText({ files }: WatchedFolderDto): string {
  return files.length === 0 ? 'No file of market data was read in it yet.' : files.map(fileText).join('\n');
}

/** Names the file where its sentence does not. */
export function fileText({ file, message }: { readonly file: string; readonly message: string }): string {
  return message.includes(basename(file)) ? message : `${basename(file)}: ${message}`;
}

export function unwatchedText({ removed }: { readonly removed: boolean }): string {
  return removed
    ? 'The folder is watched no more. What was imported from it stays.'
    : 'That folder is not watched.';
}

export function arrivalsText(arrivals: readonly ArrivalDto[]): string {
  if (arrivals.length === 0) return 'No stored bar was corrected, and none came late.';
  const rows = arrivals.map(({ symbol, timeframe, time, kind, source, at }) => [
    `${symbol} ${timeframe}`,
    minute(time),
    kind,
    source,
    minute(at),
  ]);
  return table(['Series', 'Bar (UTC)', 'What', 'From', 'At (UTC)'], rows);
}
