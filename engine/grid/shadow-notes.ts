import type { Candles } from '../market/candles.ts';
import { evaluationEnd, rowsWithin, type WindowDays, windowsBefore } from '../pipeline/windows.ts';
import { dataShadows } from '../regimes/data-shadows.ts';
import type { RegimeDefinition } from '../regimes/definition.ts';
import { marketNames } from '../regimes/market-names.ts';
import { shadowText } from '../regimes/shadowed.ts';

/** What regimes come to that have rules, but no bar, where a grid's models are evaluated. */
export interface ShadowNotes {
  /** Looks at a market while its candles are in memory; `asOf`: what its windows are counted back from, ms UTC. */
  look(candles: Candles, asOf: number): void;
  /** One note a regime, with the markets that are looked at. */
  notes(): string[];
}

export function createShadowNotes(definitions: readonly RegimeDefinition[], days: WindowDays): ShadowNotes {
  const shadowed = new Map<string, { bars: number; takers: Set<string>; markets: string[] }>();
  return {
    look(candles, asOf) {
      const { evaluation } = windowsBefore(asOf, days, 0);
      const rows = rowsWithin(candles, { from: evaluation.start, to: evaluationEnd(evaluation) });
      // The first signal comes from the bar before the windows, and nothing is traded on the last.
      const from = Math.max(0, rows.from - 1);
      const range = { from, to: Math.max(from, rows.to - 1) };
      for (const { name, bars, takenBy } of dataShadows(candles, definitions, range)) {
        const all = shadowed.get(name) ?? { bars: 0, takers: new Set(), markets: [] };
        shadowed.set(name, all);
        all.bars += bars;
        all.markets.push(`${candles.symbol} ${candles.timeframe}`);
        for (const taker of takenBy) all.takers.add(taker);
      }
    },

    notes() {
      const where = `in the ${days.selectionDays + days.holdoutDays} days that are evaluated`;
      return definitions.flatMap(({ name }) => {
        const found = shadowed.get(name);
        if (found === undefined) return [];
        const { bars, takers, markets } = found;
        const takenBy = definitions.map((one) => one.name).filter((one) => takers.has(one));
        return [shadowText({ name, bars, takenBy }, `${marketNames(markets)} ${where}`)];
      });
    },
  };
}
