import { z } from 'zod';
import type { PortfolioDto } from '../dto/index.ts';
import { numeric, symbolField, timeframeField } from './fields.ts';

export const portfolioInputs = {
  /** Follows the best champion of each place, and what they do together. */
  'portfolio.show': z.strictObject({
    window: z
      .enum(['selection', 'holdout'])
      .default('selection')
      .describe('the window that champions were chosen on, or their holdout where it was opened'),
    cap: numeric(z.int().min(1).max(1000))
      .default(2)
      .describe('positions of one currency above which its exposure is pointed out'),
    symbol: symbolField.optional().describe('one symbol alone'),
    timeframe: timeframeField.optional().describe('one timeframe alone'),
  }),
} as const;

export interface PortfolioResults {
  'portfolio.show': PortfolioDto;
}
