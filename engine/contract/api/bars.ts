import { z } from 'zod';
import type { BarsDto, RunBarsDto } from '../dto/index.ts';
import { TIMEFRAMES } from '../timeframe.ts';
import { numeric, runField, symbolField, timeframeField } from './fields.ts';

/** The most bars of one answer: what takes no more than a few frames to send and draw. */
export const MOST_BARS = 10_000;

/** Pages go back in time: the first are the newest bars. */
const pageOf = {
  before: numeric(z.int())
    .optional()
    .describe('only bars that open before this, ms since 1970-01-01 UTC; without it the newest'),
  limit: numeric(z.int().min(1).max(MOST_BARS)).default(1000).describe('at most this many bars'),
};

export const barInputs = {
  'market.bars': z.strictObject({
    symbol: symbolField.describe('symbol of the series, such as EURUSD'),
    timeframe: timeframeField.describe(`its timeframe: ${TIMEFRAMES.join(', ')}`),
    ...pageOf,
  }),
  'run.bars': z.strictObject({
    run: runField.describe('number or UUID of a run whose candles are still there'),
    ...pageOf,
  }),
} as const;

export interface BarResults {
  'market.bars': BarsDto;
  'run.bars': RunBarsDto;
}
