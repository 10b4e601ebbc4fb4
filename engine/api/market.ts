import { basename } from 'node:path';
import { roundTrip } from '../backtest/round-trip.ts';
import { viewsInUse } from '../binding/views-in-use.ts';
import { costsOf } from '../config/costs.ts';
import type { Config } from '../config/schema.ts';
import type { ConfigStore } from '../config/store.ts';
import type { Handlers, Input } from '../contract/api/index.ts';
import type { ImportDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { EventListener } from '../contract/events.ts';
import type { GridSpec } from '../contract/grid.ts';
import type { TradingFigures } from '../contract/quality.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { namedFile } from '../files/named-file.ts';
import { costsAdvice } from '../market/costs-advice.ts';
import { marketKind } from '../market/kind.ts';
import { tradingFigures } from '../market/trading-figures.ts';
import type { PlacedView } from '../market/views.ts';
import type { WrittenSeries } from '../market/write-series.ts';
import { ACTIVE_STATES } from '../queue/states.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import { queuesInStates } from '../store/queues.ts';
import type { SeriesTable } from '../store/schema.ts';
import type { ChangeKind, ReplacedViews } from '../store/series-records.ts';
import { type FiguresOf, seriesDto, storedFigures } from '../views/series.ts';
import type { MarketFiles } from '../workers/market-files.ts';
import { givenCosts } from './given-costs.ts';
import { changeConfig } from './settings.ts';
import { severalFiles } from './several-files.ts';
import { undoHandlers } from './undo-series.ts';

type MarketMethod = Extract<keyof Handlers, `market.${string}`>;

export interface MarketDeps {
  readonly store: Store;
  readonly configs: ConfigStore;
  readonly library: CandleLibrary;
  readonly files: MarketFiles;
  readonly emit: EventListener;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** What becomes of the views that runs need when their series is replaced. */
interface CheckedViews extends ReplacedViews {
  readonly asked: readonly PlacedView[];
}

export function marketHandlers({
  store,
  configs,
  library,
  files,
  emit,
  now,
}: MarketDeps): Pick<Handlers, MarketMethod> {
  const figuresOf = readFigures(library);
  const dtos = (rows: readonly SeriesTable[]) => {
    const all = library.list();
    return rows.map((row) => seriesDto(row, all, configs.current(), figuresOf));
  };
  const seriesChanged = () => emit({ type: 'workspace.changed', what: 'series' });

  /** A running queue reads candles again and again, also those that its timeframes are resampled from. */
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

  /** What runs need of a series, be it resampled. */
  function viewsOn(symbol: string, timeframe: Timeframe): PlacedView[] {
    return viewsInUse(store, symbol).filter((view) => view.source === timeframe);
  }

  /** The same bars once more change nothing for anybody. */
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

  let last: Promise<unknown> = Promise.resolve();

  /** Imports go one after the other: each joins what it reads with what the one before has stored. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }

  /** Reads a file, joins it with what is stored, and records the outcome; to be called in turn. */
  async function importOne(
    { file, spread, commission, ...options }: Input<'market.import'>,
    goesOn = false,
  ): Promise<ImportDto> {
    const costs = givenCosts(options.symbol, { spread, commission, unit: options.spreadUnit });
    const stored = library.find(options.symbol, options.timeframe)?.file;
    const asked = viewsOn(options.symbol, options.timeframe);
    const { series, views, ...report } = await files.importSeries(
      {
        ...options,
        file,
        folder: library.folder,
        stored: stored === undefined ? undefined : namedFile(library.folder, stored),
        views: asked,
      },
      (share) => emit({ type: 'market.import', file, share }),
    );
    const action = options.replace && stored !== undefined ? 'replace' : 'import';
    const row = record(series, stored, { action, source: basename(file), goesOn }, { asked, ...views });
    if (costs.length > 0) changeConfig({ store, configs, emit }, costs);
    seriesChanged();
    return { symbol: row.symbol, timeframe: row.timeframe, ...report, series: dtos([row])[0]! };
  }

  return {
    'market.import': (input) => inTurn(() => importOne(input)),

    ...severalFiles({ files, importOne, inTurn }),

    async 'market.inspect'({ file, ...options }) {
      const { trading, ...inspection } = await files.inspect(file, options);
      return { ...inspection, ...costsOfFile(inspection.symbol, trading, configs.current()) };
    },

    'market.list': () => dtos(library.list()),

    'market.demo': () =>
      inTurn(async () => {
        const written = await files.writeDemo(library.folder);
        const rows = written.map((series) =>
          record(series, library.find(series.symbol, series.timeframe)?.file, { action: 'demo' }),
        );
        seriesChanged();
        return dtos(rows);
      }),

    ...undoHandlers({ library, files, inTurn, viewsOn, assertNotInUse, dtos, seriesChanged, now }),

    'market.remove'({ symbol, timeframe }) {
      assertNotInUse(symbol);
      const removed = library.remove(symbol, timeframe, now());
      if (removed) seriesChanged();
      return { removed };
    },
  };
}

/** What reports of before do not say is looked up in the candles, once. */
function readFigures(library: CandleLibrary): FiguresOf {
  const read = new Map<string, TradingFigures>();
  return (row) => {
    const stored = storedFigures(row) ?? read.get(row.digest);
    if (stored !== undefined) return stored;
    const candles = library.load(row.symbol, row.timeframe)?.candles;
    if (candles === undefined) return undefined;
    const figures = tradingFigures(candles);
    read.set(row.digest, figures);
    return figures;
  };
}

/** What trading costs that which a file holds. */
function costsOfFile(symbol: string | undefined, trading: TradingFigures, config: Config) {
  if (symbol === undefined) return { kind: 'other' as const, roundTrip: null, costsAdvice: null };
  const { costs, given } = costsOf(config, symbol);
  const known = given || trading.spread !== null;
  return {
    kind: marketKind(symbol),
    roundTrip: roundTrip(symbol, trading, costs),
    costsAdvice: known ? null : costsAdvice(symbol, trading.price),
  };
}
