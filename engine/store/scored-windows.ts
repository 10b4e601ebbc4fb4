import { JOIN_BASES, JOINED_BASIS } from './bases.ts';
import type { Store } from './database.ts';

/** ms UTC. */
export interface ScoredWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * Selection windows that cells of a market were ever scored on, ascending: those that runs say, and, of runs that are gone or were
 * evaluated again since, those that luck was counted in.
 */
export function scoredWindows(store: Store, symbol: string, timeframe: string): ScoredWindow[] {
  const rows = [
    ...store.prepare(OF_RUNS).all(symbol, timeframe),
    ...store.prepare(OF_LUCK).all(symbol, timeframe),
  ] as {
    readonly from: string;
    readonly to: string;
  }[];
  const ranges = new Map<string, ScoredWindow>();
  for (const row of rows) {
    const range = { from: Date.parse(row.from), to: Date.parse(row.to) };
    if (Number.isFinite(range.from) && Number.isFinite(range.to))
      ranges.set(`${range.from} ${range.to}`, range);
  }
  return [...ranges.values()].sort((a, b) => a.from - b.from || a.to - b.to);
}

const OF_RUNS = `
  SELECT DISTINCT json_extract(w.value, '$.from') AS "from", json_extract(w.value, '$.to') AS "to"
  FROM (SELECT DISTINCT json_extract(${JOINED_BASIS}, '$.windows.evaluated') AS evaluated FROM runs ${JOIN_BASES}
        WHERE symbol = ? AND timeframe = ? AND status = 'completed') r, json_each(r.evaluated) w
  WHERE json_extract(w.value, '$.name') = 'selection'`;

/** A window's name begins with its times, see `windowTimes`. */
const OF_LUCK = `
  SELECT substr(window, 1, instr(window, '/') - 1) AS "from",
    substr(substr(window, instr(window, '/') + 1), 1, instr(substr(window, instr(window, '/') + 1), '/') - 1) AS "to"
  FROM luck_windows WHERE symbol = ? AND timeframe = ?`;
