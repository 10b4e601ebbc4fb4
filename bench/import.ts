import { join } from 'node:path';
import { randomCandles } from '../engine/market/fixtures.ts';
import { writeCandleCsv } from './candle-csv.ts';
import { inTemporaryFolder, measureCommand } from './command.ts';
import { median, type Subject } from './subject.ts';

const ROWS = 1_000_000;

export const importSubject: Subject = {
  name: 'import',
  title: '1,000,000-row CSV imported',
  async measure(runs = 5) {
    const measured = inTemporaryFolder((folder) => {
      const file = join(folder, 'EURUSD_M1.csv');
      writeCandleCsv(file, randomCandles(ROWS, 'M1', 3));
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

const SERIES = ['--symbol', 'EURUSD', '--timeframe', 'M1'];
