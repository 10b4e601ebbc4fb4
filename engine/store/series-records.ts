import { rmSync } from 'node:fs';
import type { SeriesAction } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { WrittenSeries } from '../market/series/write-series.ts';
import type { Store } from './database.ts';
import {
  deleteFormerCandles,
  type FormerCandles,
  formerCandles,
  insertFormerCandles,
} from './former-candles.ts';
import type { SeriesTable } from './schema.ts';
import { deleteSeries, findSeries, saveSeries } from './series.ts';
import {
  deleteChange,
  filesOfChange,
  insertChange,
  KEPT_CHANGES,
  type SeriesChange,
  seriesChanges,
} from './series-changes.ts';

/** Digests of views that runs need, by what becomes of them when a series is replaced. */
export interface ReplacedViews {
  /** The former file has them, and the new one has not. */
  readonly lost: readonly string[];
  /** The new file has them. */
  readonly held: readonly string[];
}

/** What changes a series. */
export interface ChangeKind {
  readonly action: SeriesAction;
  /** Name of the file that was imported. */
  readonly source?: string;
  /** It goes on with the newest change of the series: undone, both are. */
  readonly goesOn?: boolean;
}

/** What becomes of the series of a workspace: the rows first, then the files, so that a crash leaves a file too many, never a row without its file. */
export interface SeriesRecords {
  /**
   * From now on a series is what was written to a file of the folder; `replaces` is the file that it stands in for. That one is
   * deleted unless it has views which runs need and the new one lacks (`lost`); so are former ones that are needed no more.
   * @throws EngineError `conflict` if the series has another file by now, `store-damaged` as `namedFile`: nothing is changed then
   */
  record(
    series: WrittenSeries,
    importedAt: number,
    replaces: string | undefined,
    views?: ReplacedViews,
    by?: ChangeKind,
  ): SeriesTable;
  /**
   * Forgets a stored series, former files included; false if it was not stored. Its files go when that can be undone no more.
   * @throws EngineError `store-damaged` as `namedFile`: nothing is changed then
   */
  remove(symbol: string, timeframe: Timeframe, at: number): boolean;
  /** What can be undone, the newest first. */
  changes(): SeriesChange[];
  /**
   * Makes a series what it was before a change, which must be its newest: the same row, the same file. `views` says what becomes of those
   * that runs need, of which the file that goes has some. Returns its row; undefined where it was not stored then.
   * @throws EngineError `conflict` where it was changed again: nothing is changed then
   */
  undo(change: SeriesChange, at: number, views: ReplacedViews): SeriesTable | undefined;
}

/** `pathOf` a candle file by its name; throws as `namedFile`. */
export function createSeriesRecords(store: Store, pathOf: (file: string) => string): SeriesRecords {
  const formerOf = (symbol: string, timeframe: Timeframe) =>
    formerCandles(store, symbol).filter((candles) => candles.timeframe === timeframe);

  function forget({ symbol, timeframe }: SeriesTable, former: readonly FormerCandles[]): void {
    deleteSeries(store, symbol, timeframe);
    for (const { file } of former) deleteFormerCandles(store, file);
  }

  /** Notes what a series was before a change; returns the files of changes that are too old to be undone. */
  function note({
    goesOn = false,
    source,
    ...change
  }: ChangeKind & Omit<SeriesChange, 'id' | 'source'>): string[] {
    const { symbol, timeframe } = change;
    if (goesOn && seriesChanges(store, symbol, timeframe).length > 0) return [];
    insertChange(store, { ...change, source: source ?? null });
    const outdated = seriesChanges(store, symbol, timeframe).slice(KEPT_CHANGES);
    for (const { id } of outdated) deleteChange(store, id);
    return outdated.flatMap(filesOfChange).map(({ file }) => file);
  }

  /** Paths of those files of a series that no record names any more. */
  function unnamed(candidates: readonly string[], symbol: string, timeframe: Timeframe): string[] {
    const named = new Set(
      [
        findSeries(store, symbol, timeframe),
        ...formerOf(symbol, timeframe),
        ...seriesChanges(store, symbol, timeframe).flatMap(filesOfChange),
      ].map((row) => row?.file),
    );
    return [...new Set(candidates)].filter((file) => !named.has(file)).map(pathOf);
  }

  /** Keeps the record of a file that is still needed, forgets those that no longer are; returns what can be deleted. */
  function retire(
    before: SeriesTable | undefined,
    now: SeriesTable,
    at: number,
    { lost, held }: ReplacedViews,
  ): string[] {
    const unneeded: string[] = [];
    for (const former of formerCandles(store, now.symbol)) {
      if (former.timeframe !== now.timeframe) continue;
      const isBack = former.file === now.file;
      if (!isBack && !former.views.every((view) => held.includes(view))) continue;
      deleteFormerCandles(store, former.file);
      if (!isBack) unneeded.push(former.file);
    }
    if (before === undefined || before.file === now.file) return unneeded;
    if (lost.length === 0) return [...unneeded, before.file];
    const { file, symbol, timeframe, digest } = before;
    insertFormerCandles(store, { file, symbol, timeframe, digest, replacedAt: at, views: lost });
    return unneeded;
  }

  return {
    record(
      { firstTime, lastTime, ...series },
      importedAt,
      replaces,
      views = { lost: [], held: [] },
      by = { action: 'import' },
    ) {
      const { symbol, timeframe } = series;
      const row: SeriesTable = {
        ...series,
        first_time: firstTime,
        last_time: lastTime,
        synthetic: series.synthetic ? 1 : 0,
        quality: JSON.stringify(series.quality),
        imported_at: importedAt,
      };
      const unneeded = store.transaction(() => {
        const before = findSeries(store, symbol, timeframe);
        if (before?.file !== replaces) throw changedMeanwhile(symbol, timeframe);
        const change = { ...by, symbol, timeframe, at: importedAt, series: before ?? null };
        const former = formerOf(symbol, timeframe);
        saveSeries(store, row);
        const retired = retire(before, row, importedAt, views);
        const outdated = before?.file === row.file ? [] : note({ ...change, former });
        return unnamed([...retired, ...outdated], symbol, timeframe);
      });
      for (const path of unneeded) rmSync(path, { force: true });
      return row;
    },

    remove(symbol, timeframe, at) {
      const row = findSeries(store, symbol, timeframe);
      if (row === undefined) return false;
      const former = formerOf(symbol, timeframe);
      for (const { file } of [row, ...former]) pathOf(file);
      // The rows first: a crash in between leaves a file too many, never a row without its file.
      const paths = store.transaction(() => {
        forget(row, former);
        const outdated = note({ action: 'remove', symbol, timeframe, at, series: row, former });
        return unnamed(outdated, symbol, timeframe);
      });
      for (const path of paths) rmSync(path, { force: true });
      return true;
    },

    changes: () => seriesChanges(store),

    undo(change, at, views) {
      const { symbol, timeframe, series } = change;
      const paths = store.transaction(() => {
        const [newest] = seriesChanges(store, symbol, timeframe);
        if (newest?.id !== change.id) throw changedMeanwhile(symbol, timeframe);
        const now = findSeries(store, symbol, timeframe);
        const former = formerOf(symbol, timeframe);
        let unneeded: string[];
        if (series === null) {
          if (now !== undefined) forget(now, former);
          unneeded = [...(now === undefined ? [] : [now.file]), ...former.map(({ file }) => file)];
        } else {
          saveSeries(store, series);
          unneeded = retire(now, series, at, views);
          const there = new Set(formerOf(symbol, timeframe).map(({ file }) => file));
          for (const one of change.former) if (!there.has(one.file)) insertFormerCandles(store, one);
        }
        deleteChange(store, change.id);
        return unnamed(unneeded, symbol, timeframe);
      });
      for (const path of paths) rmSync(path, { force: true });
      return series ?? undefined;
    },
  };
}

function changedMeanwhile(symbol: string, timeframe: Timeframe): EngineError {
  return new EngineError(
    'conflict',
    `${symbol} ${timeframe} was imported or removed elsewhere in the meantime. Nothing was changed: import it again.`,
    { symbol, timeframe },
  );
}
