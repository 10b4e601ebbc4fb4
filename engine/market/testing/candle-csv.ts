import { closeSync, openSync, writeSync } from 'node:fs';
import type { Candles } from '../candles.ts';

const ROWS_PER_WRITE = 10_000;

/** Writes candles as a plain CSV with UTC stamps, as a user might have it. */
export function writeCandleCsv(path: string, candles: Candles): void {
  const { time, open, high, low, close, volume } = candles;
  const file = openSync(path, 'w');
  writeSync(file, 'time,open,high,low,close,volume\n');
  for (let from = 0; from < candles.length; from += ROWS_PER_WRITE) {
    let text = '';
    for (let i = from; i < Math.min(candles.length, from + ROWS_PER_WRITE); i++) {
      const prices = [open[i], high[i], low[i], close[i]].map((price) => price!.toFixed(5));
      text += `${new Date(time[i]!).toISOString().slice(0, 19)}Z,${prices.join(',')},${volume[i]}\n`;
    }
    writeSync(file, text);
  }
  closeSync(file);
}
