import { z } from 'zod';
import type { AccountComparisonDto, AccountDto, StatementDto } from '../dto/index.ts';
import { fileField, numeric, symbolField } from './fields.ts';
import { modelNameField, versionField } from './registry.ts';

const accountField = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$/,
    'an account is its number, or 1 to 60 letters, digits, blanks, dots, underscores or dashes',
  );

export const statementInputs = {
  'statement.import': z.strictObject({
    file: fileField.describe('a statement of MetaTrader 4 or 5 (HTML), or CSV'),
    timezone: z
      .string()
      .max(100)
      .optional()
      .describe(
        'zone of its times, such as NY+7 or +02:00; else that of the candles that were imported last',
      ),
    account: accountField
      .optional()
      .describe('what the account is called, where the statement does not say its number'),
  }),
  'statement.list': z.strictObject({}),
  'statement.compare': z.strictObject({
    name: modelNameField,
    version: versionField.optional().describe('one version; else the newest forward test'),
    account: accountField.optional().describe('the account, where there are several'),
    symbol: symbolField
      .optional()
      .describe('what the broker calls the market, where it is not told from the name'),
    within: numeric(z.number().positive().max(10_000))
      .optional()
      .describe('so many minutes from a paper entry the account’s may be (the length of a bar)'),
    lateAfter: numeric(z.number().min(0).max(10_000))
      .default(1)
      .describe('minutes after which an entry is late'),
  }),
  'statement.remove': z.strictObject({ account: accountField }),
} as const;

export interface StatementResults {
  /** Trades that were imported before are no others. */
  'statement.import': StatementDto;
  'statement.list': readonly AccountDto[];
  'statement.compare': AccountComparisonDto;
  'statement.remove': { readonly removed: number };
}
