import { z } from 'zod';
import type { SignalsDto } from '../dto/index.ts';
import { symbolField, timeframeField } from './fields.ts';

/** What the models say now. Nothing here places orders. */
export const liveInputs = {
  'signals.list': z.strictObject({
    symbol: symbolField.optional().describe('one symbol alone'),
    timeframe: timeframeField.optional().describe('one timeframe alone'),
  }),
} as const;

export interface LiveResults {
  'signals.list': SignalsDto;
}
