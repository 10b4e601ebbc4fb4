import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Candles } from '../../../market/candles.ts';
import { sliceCandles } from '../../../market/candles.ts';
import { importFile } from '../../../market/importing/import.ts';
import { randomCandles } from '../../../market/testing/random-candles.ts';

const FOLDER = process.env.MARKET_DATA ?? join(import.meta.dirname, '../../../../../shared/market-data');

/** The newest hourly bars of a real pair with volume, under the name that bundles of tests have; a walk where there are no real candles. */
export async function newestCandles(bars: number): Promise<Candles> {
  const file = join(FOLDER, 'GBPUSD_H1.csv');
  if (!existsSync(file)) return randomCandles(bars, 'H1', 5);
  const { candles } = await importFile(file, { symbol: 'EURUSD', timeframe: 'H1' });
  return sliceCandles(candles, candles.length - bars, candles.length);
}
