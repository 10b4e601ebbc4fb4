import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeCandleCsv } from '../engine/market/testing/candle-csv.ts';
import { randomCandles } from '../engine/market/testing/random-candles.ts';
import { inTemporaryFolder, measureCommand } from './command.ts';
import { hourlyFile } from './market-data.ts';
import { median, type Subject } from './subject.ts';

const ROWS = 1_000_000;
/** Minutes of ten years of a currency pair. */
const TEN_YEARS = 3_700_000;
/** As many as twelve years of hours have. */
const HOURLY_ROWS = 74_000;
const HOST_PROCESS = fileURLToPath(new URL('./host-block-process.ts', import.meta.url));

export const importSubject: Subject = {
  name: 'import',
  title:
    '1,000,000-row CSV and ten years of minutes imported; a host while it imports twelve years of hourly bars',
  async measure(runs = 5) {
    return inTemporaryFolder((folder) => {
      const file = join(folder, 'EURUSD_M1.csv');
      writeCandleCsv(file, randomCandles(ROWS, 'M1', 3));
      const measured = Array.from({ length: runs }, (_, i) =>
        measureCommand(join(folder, `workspace${i}`), ['market', 'import', file, ...SERIES]),
      );
      const long = join(folder, 'ten_years_M1.csv');
      writeCandleCsv(long, randomCandles(TEN_YEARS, 'M1', 3));
      const tenYears = measureCommand(join(folder, 'ten'), ['market', 'import', long, ...SERIES]);
      const preview = measureCommand(join(folder, 'ten'), ['market', 'inspect', long]);
      const real = hourlyFile('EURUSD');
      const hourly = real ?? join(folder, 'EURUSD_H1.csv');
      if (real === undefined) writeCandleCsv(hourly, randomCandles(HOURLY_ROWS, 'H1', 3));
      const blocks = Array.from({ length: runs }, () => measureHost(hourly));
      return {
        data:
          'a synthetic M1 walk as CSV, imported by the command line in a process of its own; ' +
          `for the host ${real === undefined ? 'a synthetic H1 walk' : 'EURUSD H1, real candles'}`,
        runs,
        figures: [
          { name: 'import', value: median(measured.map((m) => m.seconds)), unit: 's', atMost: 3 },
          { name: 'peak memory', value: median(measured.map((m) => m.peakMb)), unit: 'MB', atMost: 400 },
          { name: 'import of ten years of M1', value: tenYears.seconds, unit: 's', atMost: 12 },
          { name: 'its processor time', value: tenYears.processorSeconds, unit: 's' },
          { name: 'its peak memory', value: tenYears.peakMb, unit: 'MB' },
          { name: 'preview of it', value: preview.seconds, unit: 's', atMost: 12 },
          {
            name: 'longest block of the host, first import',
            value: median(blocks.map((b) => b.first)),
            unit: 'ms',
          },
          {
            name: 'longest block of the host, same file again',
            value: median(blocks.map((b) => b.again)),
            unit: 'ms',
          },
        ],
      };
    });
  },
};

const SERIES = ['--symbol', 'EURUSD', '--timeframe', 'M1'];

function measureHost(file: string): { first: number; again: number } {
  const ran = spawnSync(process.execPath, [HOST_PROCESS, file], { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout);
}
