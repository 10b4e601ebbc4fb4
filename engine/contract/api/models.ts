import { z } from 'zod';
import type { ModelExportDto, ModelFeaturesDto, ModelFormatsDto, ModelImportDto } from '../dto/index.ts';
import { MODEL_FORMATS } from '../model-formats.ts';
import { fileField, numeric, outputFileField, overwriteField, runField } from './fields.ts';

const memberField = numeric(z.int().min(1))
  .optional()
  .describe('one member, from 1; without it the mean of all members');

/** How a model is written for use elsewhere. */
export const modelExportFields = {
  format: z
    .enum(MODEL_FORMATS)
    .optional()
    .describe(`format: ${MODEL_FORMATS.join(', ')}; without it what the ending of the file says`),
  out: outputFileField
    .optional()
    .describe(
      'file to write; in formats of trees, of a run with a LONG and a SHORT model, the folder of their files; without it, with a format, into the exports folder',
    ),
  member: memberField,
  parityBars: numeric(z.int().min(1).max(20_000))
    .optional()
    .describe('of metatrader5: bars that its own check recomputes (500)'),
  overwrite: overwriteField,
};

export const modelInputs = {
  /** Without `out`: to `model_run_N_YYYYMMDD_HHMMSS` in ~/.regimen/exports, in the format that is then asked for. */
  'model.export': z.strictObject({
    run: runField.describe('number or UUID of the run'),
    ...modelExportFields,
    regime: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('of metatrader5: the regime that it is to trade in, where the run is champion of several'),
  }),
  'model.formats': z.strictObject({
    run: runField.describe('number or UUID of the run'),
    member: memberField,
  }),
  'model.features': z.strictObject({
    run: runField.describe('number or UUID of the run'),
    out: outputFileField.describe('CSV or Parquet file to write'),
    format: z
      .enum(['csv', 'parquet'])
      .optional()
      .describe('format of the file: csv or parquet; without it parquet where it ends in .parquet, else csv'),
    holdout: z
      .boolean()
      .default(false)
      .describe(
        'write the rows of the holdout, too; they are left out because nothing may be chosen by them',
      ),
    overwrite: overwriteField,
  }),
  'model.import': z.strictObject({
    file: fileField.describe('model that XGBoost saved as JSON, trained on the features of the run'),
    run: runField.describe('number or UUID of the run to backtest it like, and beside'),
  }),
} as const;

export interface ModelResults {
  'model.export': ModelExportDto;
  'model.formats': ModelFormatsDto;
  'model.features': ModelFeaturesDto;
  /** Nothing is stored: what a model was trained on elsewhere is not known, so it can't compete. */
  'model.import': ModelImportDto;
}
