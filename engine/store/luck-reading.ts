import { regimeKey } from '../contract/words.ts';
import { ANY, type Scope } from '../selection/champion.ts';
import { mergeCoinMaxima, noCoinMaxima } from '../statistics/coin-maxima.ts';
import { COINS } from '../statistics/coins.ts';
import type { Store } from './database.ts';
import { floatsOf, sampledCells } from './luck.ts';
import { readSamples, type SampledBlocks } from './luck-sample.ts';
import type { LuckMaximaTable, LuckScopeColumns, LuckWindowsTable } from './schema.ts';
import { isUnsound, type Owner, unsoundOf } from './soundness.ts';

/** Coin maxima of everything that was tried among whom a champion is best. */
export interface ScopeMaxima {
  /** -Infinity where nothing was tried. */
  readonly maxima: Float64Array;
  /** Cells that were tried there and are not in it. */
  readonly uncounted: number;
}

export interface LuckReading {
  /** Of a scope. Undefined where what is stored is not what was written. */
  scope(scope: Scope): ScopeMaxima | undefined;
  /** Of the scope's market: of all its regimes and of all bars. As `scope`. */
  market(scope: Scope): ScopeMaxima | undefined;
  /** Tries in all scopes of a market, in a selection window that is named as in `window`. */
  tries(at: Pick<LuckScopeColumns, 'symbol' | 'timeframe'>, times: string): number;
  /** What was tried in a selection window, by what its name begins with; of several the one in which most was tried. */
  window(at: LuckScopeColumns, times: string): LuckWindowsTable | undefined;
  /** Block sums of the strategies of a window that were sampled. Undefined where they are not what was written. */
  sample(window: LuckWindowsTable): SampledBlocks | undefined;
}

interface Uncounted extends LuckScopeColumns {
  readonly count: number;
}

/** As everything is at the moment; reads maxima once, for however many scopes. */
export function readLuck(store: Store): LuckReading {
  const rows = store.prepare('SELECT * FROM luck_maxima').all() as LuckMaximaTable[];
  const damaged = [...unsoundOf(store, 'luck_maxima')].map(scopeNamed);
  const uncounted = store
    .prepare(
      'SELECT symbol, timeframe, regime, count(*) AS count FROM luck_cells WHERE counted = 0 GROUP BY 1, 2, 3',
    )
    .all() as Uncounted[];

  function over(isOf: (row: LuckScopeColumns) => boolean): ScopeMaxima | undefined {
    if (damaged.some(isOf)) return undefined;
    const maxima = noCoinMaxima(COINS);
    for (const row of rows) if (isOf(row)) mergeCoinMaxima(maxima, floatsOf(row.maxima));
    let missing = 0;
    for (const row of uncounted) if (isOf(row)) missing += row.count;
    return { maxima, uncounted: missing };
  }

  const isOfMarket = ({ symbol, timeframe }: Scope, row: LuckScopeColumns) =>
    symbol === ANY || (row.symbol === symbol && row.timeframe === timeframe);

  return {
    scope: (scope) => over((row) => isOfMarket(scope, row) && row.regime === regimeKey(scope.regime)),
    market: (scope) => over((row) => isOfMarket(scope, row)),

    tries: ({ symbol, timeframe }, times) =>
      store
        .prepare(
          `SELECT coalesce(sum(count), 0) FROM luck_windows
           WHERE symbol = ? AND timeframe = ? AND substr(window, 1, ?) = ?`,
        )
        .pluck()
        .get(symbol, timeframe, times.length, times) as number,

    window({ symbol, timeframe, regime }, times) {
      const found = store
        .prepare(
          `SELECT * FROM luck_windows WHERE symbol = ? AND timeframe = ? AND regime = ? AND substr(window, 1, ?) = ?
           ORDER BY count DESC, window LIMIT 1`,
        )
        .get(symbol, timeframe, regime, times.length, times) as LuckWindowsTable | undefined;
      if (found === undefined) return undefined;
      const { window } = found;
      return isUnsound(store, 'luck_windows', { symbol, timeframe, regime, window }) ? undefined : found;
    },

    sample(window) {
      const { symbol, timeframe, regime } = window;
      const of = { symbol, timeframe, regime, window: window.window };
      if (isUnsound(store, 'luck_samples', of)) return undefined;
      return readSamples(sampledCells(store, window).map(({ sample }) => sample));
    },
  };
}

/** The scope that an owner of checksums names, be it one whose row is lost. */
function scopeNamed(owner: Owner): LuckScopeColumns {
  const [symbol = '', timeframe = '', ...regime] = String(owner).split(' ');
  return { symbol, timeframe, regime: regime.join(' ') };
}
