import { z } from 'zod';
import { idField, numeric, outputFileField, overwriteField, runField } from './fields.ts';
import { modelNameField, versionField } from './registry.ts';

export const reportInputs = {
  /** Without `out`: to `report_YYYYMMDD_HHMMSS.html` in ~/.regimen/exports. */
  'report.write': z
    .strictObject({
      run: runField.optional().describe('number or UUID of a run'),
      champion: z.string().max(200).optional().describe('a champion, as SYMBOL/TIMEFRAME/REGIME[/RANK]'),
      validation: numeric(idField).optional().describe('number of a validation'),
      name: modelNameField.optional().describe('a name of the registry, as "SYMBOL TIMEFRAME REGIME"'),
      version: versionField
        .optional()
        .describe('version of that name; else the one in production, or the newest'),
      out: outputFileField.optional().describe('write the report to this file, .html'),
      overwrite: overwriteField,
    })
    .refine(
      ({ run, champion, validation, name }) =>
        [run, champion, validation, name].filter((of) => of !== undefined).length === 1,
      'expected one thing to report on: run, champion, validation or name',
    ),
} as const;

export interface ReportResults {
  'report.write': { readonly file: string };
}
