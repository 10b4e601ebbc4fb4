import type { Handlers } from '../contract/api/index.ts';
import { demoMarket } from '../market/demo-market.ts';
import { importFile, inspectFile } from '../market/import.ts';
import { mergeCandles } from '../market/merge.ts';
import { qualityReport } from '../market/quality.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import { seriesDto } from '../store/series.ts';

type MarketMethod = Extract<keyof Handlers, `market.${string}`>;

export function marketHandlers(library: CandleLibrary, now: () => number): Pick<Handlers, MarketMethod> {
  return {
    async 'market.import'({ file, ...options }) {
      const imported = await importFile(file, options);
      const stored = library.stored(imported.candles.symbol, imported.candles.timeframe);
      const merged =
        stored === undefined
          ? { candles: imported.candles, added: imported.candles.length, changed: 0, same: 0 }
          : mergeCandles(stored, imported.candles);
      const quality = qualityReport(merged.candles, imported.duplicates);
      const row = library.save(merged.candles, quality, now());
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

    'market.demo': () =>
      demoMarket().map((candles) => seriesDto(library.save(candles, qualityReport(candles), now()))),
  };
}
