import { z } from 'zod';
import { CRITERIA_PRESETS } from '../criteria.ts';
import type {
  GateReportDto,
  JournalEntryDto,
  ModelNameDto,
  ModelUpdateDto,
  TenureDto,
  TrainedNameDto,
  TrainingDto,
  TrainingPlanDto,
  TrainingSummaryDto,
  VersionComparisonDto,
  VersionDto,
  VersionExportDto,
} from '../dto/index.ts';
import { parseModelName } from '../model-name.ts';
import { trainedModelType } from '../model-type-names.ts';
import { MIN_VERDICTS, TRAIN_MODES, TRAIN_PERIODS } from '../registry.ts';
import { writtenTarget } from '../target-names.ts';
import {
  fileField,
  numeric,
  outputFileField,
  overwriteField,
  runField,
  symbolField,
  timeframeField,
} from './fields.ts';
import { modelExportFields } from './models.ts';

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

export const versionField = z
  .string()
  .regex(/^\d{8}_\d{6}$/, 'a version is the time that it was made at, such as 20261128_143022');

const targetField = writtenTarget.default('direction');

const share = numeric(z.number().min(0).max(1));

/** What the gate asks, where it is not what the configuration says. */
const gate = {
  preset: z
    .enum(CRITERIA_PRESETS)
    .optional()
    .describe(`list of criteria: ${CRITERIA_PRESETS.join(', ')} (promotion, of returns and results ranks)`),
  minAccuracy: share.optional().describe('accuracy that is asked, in place of that of the preset'),
  minPrecision: share.optional().describe('precision that is asked'),
  minRecall: share.optional().describe('recall that is asked'),
  minF1: share.optional().describe('F1 that is asked'),
  minVerdict: z
    .enum(MIN_VERDICTS)
    .optional()
    .describe(`verdict that is asked at least: ${MIN_VERDICTS.join(', ')} (registry.min_verdict)`),
  skipValidation: z
    .boolean()
    .default(false)
    .describe(
      'ask for no test windows, and with them for no thresholds and no verdict; it stands in the journal for ever',
    ),
  force: z
    .boolean()
    .default(false)
    .describe('do not compare with what is in production; it stands in the journal for ever'),
};

const reason = z.string().min(1).max(500).optional().describe('why: it stands in the journal');

export const modelNameField = z.string().transform((text, ctx) => {
  try {
    return parseModelName(text);
  } catch (error) {
    ctx.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

/** What a production training is asked for; without a market every name in production, as it is. */
export const trainingFields = {
  ...place,
  symbol: symbolField.optional(),
  timeframe: timeframeField.optional(),
  ...gate,
  modelType: trainedModelType
    .default('xgboost')
    .describe('model type: xgb, rf, lgb, ridge, rl_agent … (xgb)'),
  target: targetField.describe('what it learns: direction, return, barrier, outcome (direction)'),
  horizon: numeric(z.int().min(1).max(500)).default(6).describe('bars ahead (6)'),
  optimize: z.boolean().default(false).describe('search hyper-parameters first'),
  trials: numeric(z.int().min(1).max(100_000)).default(20).describe('trials of the search (20)'),
  period: z
    .enum(TRAIN_PERIODS)
    .default('5y')
    .describe(`history: ${TRAIN_PERIODS.join(', ')} (5y)`),
  mode: z
    .enum(TRAIN_MODES)
    .default('quick')
    .describe('validation beside the windows of the gate: quick (none), full, sequential (quick)'),
  dryRun: z.boolean().default(false).describe('train, validate and compare, but promote nothing'),
  reason,
};

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
    name: modelNameField
      .optional()
      .describe('SYMBOL TIMEFRAME REGIME: the place it is for, where not its own'),
    reason,
  }),
  /** Makes a version of another one and of the bars that came since: the candidate of its name. Where none came, nothing is done. */
  'model.update': z.strictObject({
    symbol: symbolField.optional(),
    timeframe: timeframeField.optional(),
    regime: place.regime,
    run: runField.optional().describe('of which the newest version is updated, in place of that of a name'),
    version: versionField.optional().describe('the version that goes on (production, else the candidate)'),
    reason,
  }),
  /**
   * Asks the gate and puts nothing in charge; what it said stands in the journal. With `model` of one that was trained elsewhere, on bars
   * alone that came after what it learned from.
   */
  'production.validate': z.strictObject({
    ...place,
    ...gate,
    version: versionField.optional().describe('the version that is asked (the candidate, else production)'),
    model: fileField
      .optional()
      .describe(
        'a model that XGBoost saved as JSON, in place of a version: trained elsewhere, on the features of a run',
      ),
    run: runField.optional().describe('of that model, the run whose features, horizon and strategy it has'),
    trainedUntil: z.iso
      .date()
      .optional()
      .describe('of that model, the day of the last bar that it learned from (2025-06-30)'),
  }),
  /** Asks the gate, and puts the version in charge where it passes. */
  'production.promote': z.strictObject({
    ...place,
    ...gate,
    version: versionField.optional().describe('the version that is put in charge (the candidate)'),
    reason,
  }),
  /** Two versions side by side, as far as both were tested in the same windows. */
  'production.compare': z.strictObject({
    ...place,
    version: versionField
      .optional()
      .describe('the version that is compared (the candidate, else the newest)'),
    against: versionField
      .optional()
      .describe('the version that it is compared with (production, else the one before)'),
  }),
  /** What the last gate of a version said, as one HTML file or as JSON. */
  'production.report': z.strictObject({
    ...place,
    version: versionField.optional().describe('the version whose report is written (of the last gate)'),
    model: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'a model from elsewhere is named by its SHA-256, 64 hexadecimal digits')
      .optional()
      .describe('the model from elsewhere whose report is written, by its SHA-256'),
    out: outputFileField.describe('file to write: .html or .json'),
    overwrite: overwriteField,
  }),
  /** Writes the model of a version as `model.export` does that of a run: of the one in production, else of the candidate, where none is named. */
  'production.export': z.strictObject({
    ...place,
    version: versionField.optional().describe('the version (that in production, else the candidate)'),
    ...modelExportFields,
  }),
  /** What a production training would do, and how long it would take; nothing begins. */
  'production.plan': z.strictObject(trainingFields),
  /** Trains, validates, compares and promotes, in jobs of the queue, and ends when all of it is done. */
  'production.train': z.strictObject({
    ...trainingFields,
    outputJson: outputFileField.optional().describe('JSON file to write what it came to to'),
    overwrite: overwriteField,
  }),
  /** Begins the same and answers at once; `production.training` tells how it goes. */
  'production.start': z.strictObject(trainingFields),
  /** Production trainings of the workspace, newest first: the last fifty. */
  'production.trainings': z.strictObject({}),
  /** One of them, whichever, with the reports of its gate. */
  'production.training': z.strictObject({ id: z.string().min(1).max(100) }),
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
  'model.update': ModelUpdateDto;
  'production.validate': GateReportDto;
  'production.promote': {
    readonly promoted: boolean;
    readonly report: GateReportDto;
    readonly name: ModelNameDto;
  };
  'production.compare': VersionComparisonDto;
  'production.report': { readonly file: string; readonly version: string | null };
  'production.export': VersionExportDto;
  'production.plan': TrainingPlanDto;
  'production.start': TrainingDto;
  'production.trainings': readonly TrainingSummaryDto[];
  'production.training': TrainingDto;
  'production.train': { readonly results: readonly TrainedNameDto[]; readonly file: string | null };
  'production.rollback': ModelNameDto;
  'production.retire': ModelNameDto;
  'production.alias': ModelNameDto;
}
