import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GridSpecInput } from '../contract/grid.ts';
import { type Candles, sliceCandles } from '../market/candles.ts';
import { writeCandleCsv } from '../market/testing/candle-csv.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { within } from './within.ts';
import { CONFIG } from './workspace.ts';

/** A market whose candles come bit by bit, in a workspace with a model of each of some types. */
export interface GrowingMarket {
  readonly candles: Candles;
  /** A folder for files. */
  readonly root: string;
  /** Imports bars from the first one on, up to a number, as they are or changed. */
  grow(workspace: string, bars: number, change?: (candles: Candles) => Candles): Promise<void>;
  remove(): void;
}

export const GROWING_PLACE = { symbol: 'EURUSD', timeframe: 'H1' } as const;

export const GROWING_GRID: GridSpecInput = {
  name: 'Growing',
  model_types: ['ridge', 'xgboost', 'random_forest', 'ensemble'],
  symbols: [GROWING_PLACE.symbol],
  timeframes: [GROWING_PLACE.timeframe],
  days_history: [60],
  horizons: [3],
  hyperparameters: { xgboost: { n_estimators: 20 }, random_forest: { n_estimators: 20 } },
};

/** @param length of all that will ever come */
export function createGrowingMarket(length: number): GrowingMarket {
  const root = mkdtempSync(join(tmpdir(), 'growing-'));
  const candles = randomCandles(length, 'H1', 21);
  return {
    candles,
    root,
    async grow(workspace, bars, change = (same) => same) {
      const file = join(root, `${bars}.csv`);
      writeCandleCsv(file, change(sliceCandles(candles, 0, bars)));
      await within(workspace, async ({ call }) => {
        await call('market.import', { file, ...GROWING_PLACE });
      });
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A workspace in which a grid was trained on the first bars of a market. */
export async function trainGrowing(
  market: GrowingMarket,
  bars: number,
  grid: GridSpecInput = GROWING_GRID,
): Promise<string> {
  const workspace = mkdtempSync(join(market.root, 'workspace-'));
  writeFileSync(join(workspace, 'config.yaml'), CONFIG);
  await market.grow(workspace, bars);
  await within(workspace, async ({ call }) => {
    const { queueId } = await call('queue.create', { grid });
    await call('queue.start', { queueId });
    await call('queue.wait', { queueId });
  });
  return workspace;
}
