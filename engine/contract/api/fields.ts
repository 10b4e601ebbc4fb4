import { z } from 'zod';
import { foundText } from '../problems.ts';
import { readTimeframe, TIMEFRAMES, type Timeframe } from '../timeframe.ts';

/** Input fields that several methods share. */

export const timeframeField = z.string().transform((text, ctx): Timeframe => {
  const known = readTimeframe(text);
  if (known !== undefined) return known;
  ctx.addIssue({
    code: 'custom',
    message: `${foundText(text)} is no timeframe. Use one of ${TIMEFRAMES.join(', ')}.`,
  });
  return z.NEVER;
});

export const symbolField = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,32}$/, 'a symbol has 1 to 32 letters, digits, dots, underscores or dashes')
  .transform((s) => s.toUpperCase());

/** A symbol as people write it: BTC/USDT is BTCUSDT, #US30 is US30. */
export const writtenSymbolField = z
  .string()
  .regex(
    /^#?(?=.{1,32}$)([A-Za-z0-9]+\/)?[A-Za-z0-9._-]+$/,
    'a symbol has 1 to 32 letters, digits, dots, underscores or dashes; BTC/USDT and #US30 are read, too',
  )
  .transform((s) => s.replace(/[#/]/g, '').toUpperCase());

/**
 * A path on the host's machine that a method reads. The mark lets hosts find every path among the inputs, and hold it
 * to the folders and files that their user may name (main/host/file-gate.ts).
 */
export const fileField = z.string().min(1).max(4096).meta({ file: 'read' });

/** A path on the host's machine that a method writes. */
export const outputFileField = z.string().min(1).max(4096).meta({ file: 'write' });

/** Beside every `outputFileField`. */
export const overwriteField = z.boolean().default(false).describe('replace the file if it exists');

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A number that may come as text, as the command line gives it. Truth values, lists and empty text are no numbers. */
export function numeric<T extends z.ZodType>(schema: T) {
  return z.preprocess((v) => (typeof v === 'string' && NUMBER.test(v) ? Number(v) : v), schema);
}

export const idField = numeric(z.int().positive());

/** A run's number or UUID, or the beginning of its UUID (8 characters or more). */
export const runField = z
  .string()
  .regex(
    /^(\d{1,15}|[0-9a-f]{8}[0-9a-f-]{0,28})$/i,
    'a run is its number or the first 8 or more characters of its UUID',
  );
