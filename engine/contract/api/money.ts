import { z } from 'zod';
import type { MoneyDto } from '../dto/index.ts';
import { numeric } from './fields.ts';
import { tradesOf } from './results.ts';

export const moneyInputs = {
  /** The trades of a strategy of a kept run, as money of an account. */
  'run.money': z
    .strictObject({
      ...tradesOf,
      account: numeric(z.number().positive().max(1e12)).describe('what the account has at first'),
      currency: z
        .string()
        .trim()
        .transform((text) => text.toUpperCase())
        .pipe(z.string().regex(/^[A-Z]{3}$/, 'a currency has three letters, such as USD'))
        .describe('currency of the account, such as USD'),
      lots: numeric(z.number().positive().max(10_000))
        .optional()
        .describe('lots of each trade; a lot is 100,000 of the first currency'),
      risk: numeric(z.number().positive().max(100))
        .optional()
        .describe('percent of the account that the stop of each trade costs, in place of --lots'),
    })
    .refine(({ lots, risk }) => (lots === undefined) !== (risk === undefined), {
      message: 'expected lots or risk: one of them, not both',
      path: ['lots'],
    }),
} as const;

export interface MoneyResults {
  'run.money': MoneyDto;
}
