import { z } from 'zod';
import type { JournalEntryDto, ModelNameDto, TenureDto, VersionDto } from '../dto/index.ts';
import { parseModelName } from '../model-name.ts';
import { outputFileField, overwriteField, runField, symbolField, timeframeField } from './fields.ts';

/** `all`: no regime. */
const regimeField = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_]{0,39}$/,
    'a regime has 1 to 40 letters, digits and underscores, a letter first',
  )
  .transform((text) => (text.toLowerCase() === 'all' ? null : text.toLowerCase()));

const place = {
  symbol: symbolField,
  timeframe: timeframeField,
  regime: regimeField.default(null).describe('the regime that it trades alone in (all)'),
};

const versionField = z
  .string()
  .regex(/^\d{8}_\d{6}$/, 'a version is the time that it was made at, such as 20261128_143022');

const reason = z.string().min(1).max(500).optional().describe('why: it stands in the journal');

const nameField = z.string().transform((text, ctx) => {
  try {
    return parseModelName(text);
  } catch (error) {
    ctx.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

export const registryInputs = {
  'production.list': z.strictObject({}),
  'production.show': z.strictObject(place),
  /** What was done to a name, or to all; `at`: a day or a time, of which it says what was in production. */
  'production.journal': z.strictObject({
    ...place,
    symbol: symbolField.optional(),
    timeframe: timeframeField.optional(),
    at: z
      .union([z.iso.date(), z.iso.datetime({ offset: true })])
      .optional()
      .describe('a day (2026-05-03, UTC) or a time: what was in production then'),
    csv: outputFileField.optional().describe('CSV file to write'),
    overwrite: overwriteField,
  }),
  /** Makes a version of a run or a champion: a refit on the newest bars, which is the candidate of its name. */
  'production.register': z.strictObject({
    champion: z.string().min(1).max(200).optional(),
    run: runField.optional(),
    name: nameField.optional().describe('SYMBOL TIMEFRAME REGIME: the place it is for, where not its own'),
    reason,
  }),
  'production.rollback': z.strictObject({
    ...place,
    version: versionField.optional().describe('the version to go back to (the one before)'),
    reason,
  }),
  'production.retire': z.strictObject({ ...place, reason }),
  'production.alias': z.strictObject({
    ...place,
    alias: z
      .string()
      .regex(
        /^[a-z][a-z0-9_-]{0,39}$/,
        'an alias has 1 to 40 small letters, digits, dashes and underscores, a letter first',
      ),
    version: versionField.nullable().describe('the version that it points to; none: it goes'),
  }),
} as const;

export interface RegistryResults {
  'production.list': readonly ModelNameDto[];
  'production.show': ModelNameDto;
  'production.journal': {
    readonly entries: readonly JournalEntryDto[];
    /** Where a time is asked for. */
    readonly inProduction: readonly TenureDto[];
    /** The CSV file that was written. */
    readonly file: string | null;
  };
  'production.register': VersionDto;
  'production.rollback': ModelNameDto;
  'production.retire': ModelNameDto;
  'production.alias': ModelNameDto;
}
