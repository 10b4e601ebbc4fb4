import { roundTrip } from '../backtest/round-trip.ts';
import { costsOf } from '../config/costs.ts';
import type { Config } from '../config/schema.ts';
import type { ConfigStore } from '../config/store.ts';
import type { Handlers, Input } from '../contract/api/index.ts';
import type { HostKind, ImportDto } from '../contract/dto/index.ts';
import type { EventListener } from '../contract/events.ts';
import type { TradingFigures } from '../contract/quality.ts';
import { namedFile } from '../files/named-file.ts';
import type { Importer } from '../imports/importer.ts';
import { costsAdvice } from '../market/instruments/costs-advice.ts';
import { marketKind } from '../market/instruments/kind.ts';
import { tradingFigures } from '../market/instruments/trading-figures.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import type { SeriesTable } from '../store/schema.ts';
import { type FiguresOf, seriesDto, storedFigures } from '../views/series.ts';
import type { Analysis } from '../workers/analysis.ts';
import type { MarketFiles } from '../workers/market-files.ts';
import { appendHandlers } from './append.ts';
import { givenCosts } from './given-costs.ts';
import { changeConfig } from './settings.ts';
import { severalFiles } from './several-files.ts';
import { createShadowLooks } from './shadow-looks.ts';
import { undoHandlers } from './undo-series.ts';
import { type WatchDeps, watchHandlers } from './watch.ts';

type MarketMethod = Exclude<Extract<keyof Handlers, `market.${string}`>, 'market.bars'>;

export interface MarketDeps extends WatchDeps {
  readonly store: Store;
  readonly configs: ConfigStore;
  readonly library: CandleLibrary;
  readonly files: MarketFiles;
  readonly importer: Importer;
  readonly analysis: Analysis;
  /** What the process that has the workspace open is. */
  readonly hostKind: HostKind;
  readonly emit: EventListener;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export function marketHandlers({
  store,
  configs,
  library,
  files,
  importer,
  watching,
  forward,
  alerts,
  analysis,
  hostKind,
  emit,
  now,
}: MarketDeps): Pick<Handlers, MarketMethod> {
  const figuresOf = readFigures(library);
  const seriesChanged = () => emit({ type: 'workspace.changed', what: 'series' });
  const shadows = createShadowLooks({
    look: ({ file, digest }, regimes) =>
      analysis.shadowed({ file: namedFile(library.folder, file), digest, regimes }),
    onFound: seriesChanged,
    looksLater: hostKind !== 'command line',
  });
  const regimes = () => configs.current().regimes.definitions;
  const dtos = (rows: readonly SeriesTable[]) => {
    const all = library.list();
    return rows.map((row) => seriesDto(row, all, configs.current(), figuresOf, shadows.of(row, regimes())));
  };
  const { inTurn, record, assertNotInUse, viewsOn } = importer;

  /** As `importer.importOne`; what it is told of costs is kept. */
  async function importOne(
    { spread, commission, ...wish }: Input<'market.import'>,
    goesOn = false,
  ): Promise<ImportDto> {
    const costs = givenCosts(wish.symbol, { spread, commission, unit: wish.spreadUnit });
    const asked = regimes();
    const { row, shadowed, ...report } = await importer.importOne(wish, { goesOn, regimes: asked });
    shadows.tell(row.digest, asked, shadowed);
    if (costs.length > 0) changeConfig({ store, configs, emit }, costs);
    watching.lookAgain(wish.file);
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

    ...watchHandlers({ watching, forward, alerts }),

    ...appendHandlers({ store, library, importer, seriesChanged, now }),

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
    const figures = tradingFigures(candles, row.symbol);
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
