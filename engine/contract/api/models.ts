import { z } from 'zod';
import type { ModelExportDto, ModelFeaturesDto, ModelImportDto } from '../dto/index.ts';
import { fileField, numeric, outputFileField, overwriteField, runField } from './fields.ts';

export const MODEL_FORMATS = ['xgboost-json'] as const;

export const modelInputs = {
  'model.export': z.strictObject({
    run: runField.describe('number or UUID of the run'),
    format: z
      .enum(MODEL_FORMATS)
      .default('xgboost-json')
      .describe(`format: ${MODEL_FORMATS.join(', ')}`),
    out: outputFileField.describe(
      'file to write; of a run with a LONG and a SHORT model the folder of their files',
    ),
    member: numeric(z.int().min(1))
      .optional()
      .describe('one member, from 1; without it the mean of all members'),
    overwrite: overwriteField,
  }),
  'model.features': z.strictObject({
    run: runField.describe('number or UUID of the run'),
    out: outputFileField.describe('CSV file to write'),
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
  'model.features': ModelFeaturesDto;
  /** Nothing is stored: what a model was trained on elsewhere is not known, so it can't compete. */
  'model.import': ModelImportDto;
}
