import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Candles } from '../engine/market/candles.ts';
import { importFile } from '../engine/market/importing/import.ts';
import { randomCandles } from '../engine/market/testing/random-candles.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** The file of real hourly candles of a symbol, or undefined where there is none. */
export function hourlyFile(symbol: string): string | undefined {
  const folder = process.env.MARKET_DATA ?? resolve(PROJECT, '../shared/market-data');
  const file = join(folder, `${symbol}_H1.csv`);
  return existsSync(file) ? file : undefined;
}

export interface BenchCandles {
  readonly candles: Candles;
  readonly data: string;
}

/** Real hourly candles where there are some, else a synthetic walk of `bars` bars. */
export async function hourlyCandles(symbol: string, bars: number): Promise<BenchCandles> {
  const file = hourlyFile(symbol);
  if (file === undefined) return { candles: randomCandles(bars, 'H1', 1), data: 'a synthetic random walk' };
  const { candles } = await importFile(file, { symbol, timeframe: 'H1' });
  return { candles, data: `${symbol} H1, real candles` };
}
