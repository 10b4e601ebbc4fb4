import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QueueSummaryDto } from '../engine/contract/dto/index.ts';
import { importFile } from '../engine/market/import.ts';
import { inTemporaryFolder, type MeasuredCommand, measureCommand } from './command.ts';
import { gridSymbols } from './market-data.ts';
import { median, type Subject } from './subject.ts';

const THREADS = 2;

export const gridSubject: Subject = {
  name: 'grid',
  title: '128 configurations of linear models trained, 17,280 backtests',
  async measure(runs = 3) {
    const { symbols, files } = gridSymbols();
    const measured = Array.from({ length: runs }, () => inTemporaryFolder((folder) => train(folder)));
    const trained = measured.map(({ json }) => (json as QueueSummaryDto).completed);
    if (trained.some((n) => n !== 128)) throw new Error(`expected 128 trained, found ${trained}`);
    const own = measured.map(({ json }) => 128 / (json as QueueSummaryDto).seconds);
    return {
      data: `${symbols.join(' and ')} H1${files.length === 0 ? ', synthetic' : ', real candles'}; ${THREADS} threads, the command line in a process of its own`,
      runs,
      figures: [
        { name: 'whole command', value: median(measured.map(rate)), unit: 'configurations/s', atLeast: 20 },
        { name: 'queue', value: median(own), unit: 'configurations/s' },
        { name: 'peak memory', value: median(measured.map((m) => m.peakMb)), unit: 'MB', atMost: 600 },
      ],
    };
  },
};
