import { join } from 'node:path';
import type { QueueSummaryDto } from '../engine/contract/dto/index.ts';
import { writeCandleCsv } from '../engine/market/testing/candle-csv.ts';
import { randomCandles } from '../engine/market/testing/random-candles.ts';
import { inTemporaryFolder } from './command.ts';
import { LINEAR, trainGrid } from './grid.ts';
import { luckCost } from './luck-cost.ts';
import { median, type Subject } from './subject.ts';

const SYMBOLS = ['NOISEA', 'NOISEB', 'NOISEC'];
const BARS = 18_000;

/**
 * Whether the figure for luck is right: on random walks nobody has an edge, so about one in 20 champions at most should lie above
 * what luck alone reaches in one of 20 cases.
 */
export const luckSubject: Subject = {
  name: 'luck',
  title:
    "champions' Sharpe ratios on random walks, as a multiple of what luck alone reaches in one of 20 cases",
  async measure(runs = 1) {
    const { added, without } = luckCost(randomCandles(20_000, 'H1', 1), 41);
    const ratios = Array.from({ length: runs }, (_, run) => ratiosOnNoise(run)).flat();
    return {
      data: `${runs * SYMBOLS.length} seeded random walks of ${BARS} H1 bars, ${ratios.length} champions`,
      runs,
      figures: [
        { name: 'median', value: median(ratios), unit: 'times' },
        { name: 'lowest', value: Math.min(...ratios), unit: 'times' },
        { name: 'highest', value: Math.max(...ratios), unit: 'times' },
        { name: 'above luck', value: ratios.filter((ratio) => ratio > 1).length, unit: 'champions' },
        { name: 'a cell takes longer by', value: added, unit: 'ms', atMost: 6 },
        { name: 'of', value: without, unit: 'ms' },
      ],
    };
  },
};

function ratiosOnNoise(run: number): number[] {
  return inTemporaryFolder((folder) => {
    const files = SYMBOLS.map((symbol, i) => {
      const file = join(folder, `${symbol}.csv`);
      writeCandleCsv(file, randomCandles(BARS, 'H1', 1 + i + SYMBOLS.length * run));
      return { symbol, file };
    });
    const { json } = trainGrid(folder, files, LINEAR, LINEAR.length * SYMBOLS.length * 16);
    return (json as QueueSummaryDto).champions.flatMap(({ sharpe, luck }) =>
      luck.sharpe === null || sharpe === null ? [] : [sharpe / luck.sharpe],
    );
  });
}
