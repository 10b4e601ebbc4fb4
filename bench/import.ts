import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CANDLE_COLUMNS } from '../engine/market/candles.ts';
import { randomCandles } from '../engine/market/fixtures.ts';
import { inTemporaryFolder, measureCommand } from './command.ts';
import { median, type Subject } from './subject.ts';

const ROWS = 1_000_000;
const ROWS_PER_WRITE = 10_000;

export const importSubject: Subject = {
  name: 'import',
  title: '1,000,000-row CSV imported',
  async measure(runs = 5) {
    const measured = inTemporaryFolder((folder) => {
      const file = join(folder, 'EURUSD_M1.csv');
      writeCsv(file);
      return Array.from({ length: runs }, (_, i) =>
        measureCommand(join(folder, `workspace${i}`), ['market', 'import', file, ...SERIES]),
      );
    });
    return {
      data: 'a synthetic M1 walk as CSV, imported by the command line in a process of its own',
      runs,
      figures: [
        { name: 'import', value: median(measured.map((m) => m.seconds)), unit: 's', atMost: 3 },
        { name: 'peak memory', value: median(measured.map((m) => m.peakMb)), unit: 'MB', atMost: 400 },
      ],
    };
  },
};

const SERIES = ['--symbol', 'EURUSD', '--timeframe', 'M1', '--timezone', 'UTC'];

function writeCsv(path: string): void {
  const candles = randomCandles(ROWS, 'M1', 3);
  const file = openSync(path, 'w');
  writeSync(file, `${CANDLE_COLUMNS.slice(0, -1).join(',')}\n`);
  for (let from = 0; from < ROWS; from += ROWS_PER_WRITE) {
    let text = '';
    for (let i = from; i < from + ROWS_PER_WRITE; i++) {
      const stamp = new Date(candles.time[i]).toISOString().slice(0, 19).replace('T', ' ');
      const prices = [candles.open[i], candles.high[i], candles.low[i], candles.close[i]];
      text += `${stamp},${prices.map((price) => price.toFixed(5)).join(',')},${candles.volume[i]}\n`;
    }
    writeSync(file, text);
  }
  closeSync(file);
}
