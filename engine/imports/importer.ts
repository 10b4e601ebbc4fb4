import { basename, resolve } from 'node:path';
import { viewsInUse } from '../binding/views-in-use.ts';
import type { Input } from '../contract/api/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { EventListener } from '../contract/events.ts';
import type { GridSpec } from '../contract/grid.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { namedFile } from '../files/named-file.ts';
import type { Candles } from '../market/candles.ts';
import type { JoinedSeries } from '../market/importing/join-series.ts';
import type { PlacedView } from '../market/series/views.ts';
import type { WrittenSeries } from '../market/series/write-series.ts';
import { ACTIVE_STATES } from '../queue/states.ts';
import type { RegimeDefinition } from '../regimes/definition.ts';
import { saveArrivals } from '../store/arrivals.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import { queuesInStates } from '../store/queues.ts';
import type { SeriesTable } from '../store/schema.ts';
import type { ChangeKind, ReplacedViews } from '../store/series-records.ts';
import { saveReading } from '../store/watched.ts';
import type { LookedAtImport } from '../workers/import-and-look.ts';
import type { MarketFiles } from '../workers/market-files.ts';
import { readingOf } from './reading.ts';

/** What is imported, costs aside: those are no matter of the candles. */
export type ImportWish = Omit<Input<'market.import'>, 'spread' | 'commission'>;

/** How an import is done, where it is not one that somebody asks for and sees. */
export interface ImportManner {
  /** Undone, the change before it is, too. */
  readonly goesOn?: boolean;
  /** Nobody sees what is noted: what would be a question is an error. */
  readonly unattended?: boolean;
  /** The file that the bars are from, where what is read is a copy of it. */
  readonly original?: string;
  /** Whether they get bars of the series is seen in passing. */
  readonly regimes?: readonly RegimeDefinition[];
}

/** What bars came to that a program sent, and the row of their series. */
export type Appended = Omit<JoinedSeries, 'series' | 'views'> & { readonly row: SeriesTable };

/** What an import came to, and the row of its series. */
export type Imported = Omit<LookedAtImport, 'series' | 'views'> & { readonly row: SeriesTable };

/** Brings candles into the workspace, one import after the other: each joins what it reads with what the one before has stored. */
export interface Importer {
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Reads a file, joins it with what is stored, records the outcome and how the file was read; to be called in turn.
   * @throws EngineError as `importSeries`; `conflict` where a running queue trains on it
   */
  importOne(wish: ImportWish, manner?: ImportManner): Promise<Imported>;
  /**
   * Joins bars that a program sent with what is stored, as those of a watched folder; to be called in turn.
   * @throws EngineError as `appendBars`; `conflict` where a running queue trains on them
   */
  appendBars(candles: Candles): Promise<Appended>;
  /** Records a series that was written; the same bars once more change nothing for anybody. */
  record(
    series: WrittenSeries,
    replaces: string | undefined,
    by: ChangeKind,
    views?: CheckedViews,
  ): SeriesTable;
  /** @throws EngineError `conflict`: a running queue reads its candles again and again, also those that its timeframes are resampled from */
  assertNotInUse(symbol: string): void;
  /** What runs need of a series, be it resampled. */
  viewsOn(symbol: string, timeframe: Timeframe): PlacedView[];
}

type ArrivedBars = Pick<JoinedSeries, 'changedAt' | 'lateAt' | 'series'>;

/** What becomes of the views that runs need when their series is replaced. */
interface CheckedViews extends ReplacedViews {
  readonly asked: readonly PlacedView[];
}

export interface ImporterDeps {
  readonly store: Store;
  readonly library: CandleLibrary;
  readonly files: MarketFiles;
  readonly emit: EventListener;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export function createImporter({ store, library, files, emit, now }: ImporterDeps): Importer {
  let last: Promise<unknown> = Promise.resolve();

  function assertNotInUse(symbol: string): void {
    const user = queuesInStates(store, ACTIVE_STATES).find(({ spec }) =>
      storedJson<GridSpec>(spec, 'the grid of a queue').symbols.includes(symbol),
    );
    if (user === undefined) return;
    throw new EngineError(
      'conflict',
      `Queue ${user.id} "${user.name}" is ${user.state} and trains on ${symbol}. Pause or cancel it first.`,
      { queueId: user.id },
    );
  }

  function viewsOn(symbol: string, timeframe: Timeframe): PlacedView[] {
    return viewsInUse(store, symbol).filter((view) => view.source === timeframe);
  }

  function record(
    series: WrittenSeries,
    replaces: string | undefined,
    by: ChangeKind,
    checked: CheckedViews = { asked: [], held: [], lost: [] },
  ): SeriesTable {
    const { symbol, timeframe, digest } = series;
    if (library.find(symbol, timeframe)?.digest !== digest) assertNotInUse(symbol);
    const { asked, held, lost } = checked;
    const known = new Set(asked.map((view) => view.digest));
    // What was trained in the meantime was trained on the former file.
    const unasked = viewsOn(symbol, timeframe).flatMap(({ digest: view }) => (known.has(view) ? [] : [view]));
    return library.record(series, now(), replaces, { held, lost: [...lost, ...unasked] }, by);
  }

  /** What a series is joined with, and what is asked of that. */
  function joinedWith(symbol: string, timeframe: Timeframe) {
    const stored = library.find(symbol, timeframe)?.file;
    const asked = viewsOn(symbol, timeframe);
    const path = stored === undefined ? undefined : namedFile(library.folder, stored);
    return { stored, asked, job: { folder: library.folder, stored: path, views: asked } };
  }

  /** Keeps which bars were corrected or came late, before their series is another: what a crash leaves in between is found again. */
  function noteArrivals({ changedAt, lateAt, series }: ArrivedBars, source: string): void {
    const { symbol, timeframe } = series;
    const times = { corrected: changedAt, late: lateAt };
    saveArrivals(store, { symbol, timeframe, at: now(), source }, times);
  }

  async function importOne(
    { file, ...options }: ImportWish,
    { goesOn = false, unattended = false, original = file, regimes }: ImportManner = {},
  ): Promise<Imported> {
    const { stored, asked, job } = joinedWith(options.symbol, options.timeframe);
    const { series, views, ...report } = await files.importSeries(
      { ...options, ...job, file, regimes, ...(unattended ? { unattended: { now: now() } } : {}) },
      (share) => emit({ type: 'market.import', file: original, share }),
    );
    const action = unattended ? 'watch' : options.replace && stored !== undefined ? 'replace' : 'import';
    noteArrivals({ ...report, series }, basename(original));
    const row = record(series, stored, { action, source: basename(original), goesOn }, { asked, ...views });
    const { symbol, timeframe } = row;
    saveReading(
      store,
      { file: resolve(original), symbol, timeframe, reading: readingOf(options, report) },
      now(),
    );
    return { ...report, row };
  }

  async function appendBars(candles: Candles): Promise<Appended> {
    const { symbol, timeframe } = candles;
    assertNotInUse(symbol);
    const { stored, asked, job } = joinedWith(symbol, timeframe);
    const { series, views, ...report } = await files.append({ ...job, name: 'The request', candles });
    noteArrivals({ ...report, series }, 'HTTP');
    const newest = library.changes().find((one) => one.symbol === symbol && one.timeframe === timeframe);
    // What is sent bar by bar is one change.
    const by = { action: 'append', goesOn: newest?.action === 'append' } as const;
    return { ...report, row: record(series, stored, by, { asked, ...views }) };
  }

  return {
    inTurn(work) {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
    importOne,
    appendBars,
    record,
    assertNotInUse,
    viewsOn,
  };
}
