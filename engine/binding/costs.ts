import type { CostModel } from '../backtest/costs.ts';
import { costsOf } from '../config/costs.ts';
import type { Config } from '../config/schema.ts';
import { EngineError } from '../contract/errors.ts';
import { TIMEFRAMES, timeframeMs } from '../contract/timeframe.ts';
import { type Candles, lowerBound } from '../market/candles.ts';
import { costsAdvice } from '../market/instruments/costs-advice.ts';
import { type SpreadByHour, spreadByHour } from '../market/instruments/spread-by-hour.ts';
import { ownPip } from '../market/instruments/trading-figures.ts';
import type { BindingLibrary } from '../store/candle-library.ts';

/** Bars that a cell may see: those that open at `from` or later and have closed by `to`, ms UTC. */
interface Seen {
  readonly from: number;
  readonly to: number;
}

const ALL: Seen = { from: -Infinity, to: Infinity };

export interface MarketCosts {
  /**
   * What trading the bars of a view costs. Where some of them have no spread, that is the usual one of their hour among those that have;
   * where none has, among those of the symbol's shortest other series which has some in that time.
   * @throws EngineError `conflict` where a trade would cost nothing that is known; see `obstacle`
   */
  ofView(candles: Candles, seen: Seen): CostModel;
  /** Why a market can't be traded: neither its data nor the configuration knows what that costs. In words with the key to set. */
  obstacle(candles: Candles, seen?: Seen): string | undefined;
}

/** What is configured of a symbol; costs by the hour of the day come from data. */
export function configuredCosts(config: Config, symbol: string): CostModel {
  return costsOf(config, symbol).costs;
}

export function createMarketCosts(library: BindingLibrary, config: Config): MarketCosts {
  const known = new Map<string, SpreadByHour | undefined>();

  function byHour(candles: Candles, seen: Seen): SpreadByHour | undefined {
    const key = `${candles.symbol} ${candles.timeframe} ${seen.from} ${seen.to}`;
    if (!known.has(key)) known.set(key, findByHour(candles, seen));
    return known.get(key);
  }

  /** Undefined, too, where every bar has its own. */
  function findByHour(candles: Candles, seen: Seen): SpreadByHour | undefined {
    const { symbol } = candles;
    const rows = rowsSeen(candles, seen);
    const own = quoted(candles, rows);
    if (own === 'all') return undefined;
    if (own === 'some') return spreadByHour(candles, rows, library.dayStart(symbol));
    for (const timeframe of TIMEFRAMES) {
      if (timeframe === candles.timeframe || library.find(symbol, timeframe) === undefined) continue;
      const other = library.load(symbol, timeframe)?.candles;
      const found = other && spreadByHour(other, rowsSeen(other, seen), library.dayStart(symbol));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  function obstacle(candles: Candles, seen: Seen = ALL): string | undefined {
    const { symbol } = candles;
    if (costsOf(config, symbol).given) return undefined;
    const rows = rowsSeen(candles, seen);
    if (quoted(candles, rows) !== 'none' || byHour(candles, seen) !== undefined) return undefined;
    return costsAdvice(symbol, candles.close[Math.max(rows.from, rows.to - 1)] ?? Number.NaN);
  }

  return {
    obstacle,
    ofView(candles, seen) {
      const reason = obstacle(candles, seen);
      if (reason !== undefined) throw new EngineError('conflict', reason, { remedy: 'set-costs' });
      const { symbol } = candles;
      const configured = configuredCosts(config, symbol);
      const rows = rowsSeen(candles, seen);
      const close = candles.close.subarray(rows.from, rows.to);
      const costs: CostModel = {
        ...configured,
        ...(configured.unit === undefined ? ownPip(symbol, close) : {}),
        ...(library.session(symbol) === 'continuous' ? { calendar: 'continuous' } : {}),
      };
      const hours = byHour(candles, seen);
      return hours === undefined ? costs : { ...costs, spreadByHour: hours };
    },
  };
}

function rowsSeen({ time, timeframe }: Candles, { from, to }: Seen) {
  const first = lowerBound(time, from);
  return { from: first, to: Math.max(first, lowerBound(time, to - timeframeMs(timeframe) + 1)) };
}

/** How many of the rows have a spread. */
function quoted({ spread }: Candles, { from, to }: { from: number; to: number }): 'all' | 'some' | 'none' {
  let count = 0;
  for (let row = from; row < to; row++) if (spread[row]! > 0) count++;
  return count === to - from ? 'all' : count === 0 ? 'none' : 'some';
}

/** Costs without what data says of them, which is another for other candles. */
export function withoutHours({ spreadByHour: _, calendar: __, pip: ___, ...costs }: CostModel): CostModel {
  return costs;
}
