import type { Handlers } from '../contract/api/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { EventListener } from '../contract/events.ts';
import type { GridSpec } from '../contract/grid.ts';
import { demoMarket } from '../market/demo-market.ts';
import { importFile, inspectFile } from '../market/import.ts';
import { mergeCandles } from '../market/merge.ts';
import { qualityReport } from '../market/quality.ts';
import { ACTIVE_STATES } from '../queue/states.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import { queuesInStates } from '../store/queues.ts';
import { seriesDto } from '../store/series.ts';

type MarketMethod = Extract<keyof Handlers, `market.${string}`>;

export interface MarketDeps {
  readonly store: Store;
  readonly library: CandleLibrary;
  readonly emit: EventListener;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export function marketHandlers({ store, library, emit, now }: MarketDeps): Pick<Handlers, MarketMethod> {
  const seriesChanged = () => emit({ type: 'workspace.changed', what: 'series' });

  /** A running queue reads candles again and again, also those that its timeframes are resampled from. */
  function assertNotInUse(symbol: string): void {
    const user = queuesInStates(store, ACTIVE_STATES).find(({ spec }) =>
      (JSON.parse(spec) as GridSpec).symbols.includes(symbol),
    );
    if (user === undefined) return;
    throw new EngineError(
      'conflict',
      `Queue ${user.id} "${user.name}" is ${user.state} and trains on ${symbol}. Pause or cancel it first.`,
      { queueId: user.id },
    );
  }

  return {
    async 'market.import'({ file, ...options }) {
      const onProgress = (share: number) => emit({ type: 'market.import', file, share });
      const imported = await importFile(file, { ...options, onProgress });
      const stored = library.stored(imported.candles.symbol, imported.candles.timeframe);
      const merged =
        stored === undefined
          ? { candles: imported.candles, added: imported.candles.length, changed: 0, same: 0 }
          : mergeCandles(stored, imported.candles);
      const quality = qualityReport(merged.candles, imported.duplicates);
      const row = library.save(merged.candles, quality, now());
      seriesChanged();
      const { format, timezone, priceScale, rows, badRows, badLines, notes } = imported;
      return {
        symbol: row.symbol,
        timeframe: row.timeframe,
        format,
        timezone,
        priceScale,
        rows,
        badRows,
        badLines,
        added: merged.added,
        changed: merged.changed,
        same: merged.same,
        notes,
        series: seriesDto(row),
      };
    },

    async 'market.inspect'({ file, timezone }) {
      const { first, last, ...inspection } = await inspectFile(file, { timezone });
      return { ...inspection, first: new Date(first).toISOString(), last: new Date(last).toISOString() };
    },

    'market.list': () => library.list().map(seriesDto),

    'market.demo'() {
      const rows = demoMarket().map((candles) => library.save(candles, qualityReport(candles), now()));
      seriesChanged();
      return rows.map(seriesDto);
    },

    'market.remove'({ symbol, timeframe }) {
      assertNotInUse(symbol);
      const removed = library.remove(symbol, timeframe);
      if (removed) seriesChanged();
      return { removed };
    },
  };
}
