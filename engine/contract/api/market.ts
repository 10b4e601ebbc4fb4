import { z } from 'zod';
import type { ImportDto, InspectionDto, SeriesDto } from '../dto/index.ts';
import { TIMEFRAMES } from '../timeframe.ts';
import { fileField, numeric, symbolField, timeframeField } from './fields.ts';

/** Checked against the zones there are; longer names are none. */
const zoneField = z.string().max(100);

export const marketInputs = {
  'market.import': z.strictObject({
    file: fileField.describe('market data in any recognized format'),
    symbol: symbolField.describe('symbol to store the bars under, such as EURUSD'),
    timeframe: timeframeField.describe(`bar length: ${TIMEFRAMES.join(', ')}`),
    timezone: zoneField
      .optional()
      .describe('zone of the file, IANA name or offset such as +02:00, where it states none'),
    priceScale: numeric(z.number().positive())
      .optional()
      .describe('divide prices by this, where it is not recognized'),
  }),
  'market.inspect': z.strictObject({
    file: fileField.describe('market data to look at; nothing is stored'),
    timezone: zoneField.optional().describe('zone of the file, where it states none'),
  }),
  'market.list': z.strictObject({}),
  'market.demo': z.strictObject({}),
  'market.remove': z.strictObject({ symbol: symbolField, timeframe: timeframeField }),
} as const;

export interface MarketResults {
  'market.import': ImportDto;
  'market.inspect': InspectionDto;
  'market.list': readonly SeriesDto[];
  'market.demo': readonly SeriesDto[];
  /** Runs and champions trained on the series stay. */
  'market.remove': { readonly removed: boolean };
}
