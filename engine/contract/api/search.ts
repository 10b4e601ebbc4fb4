import { z } from 'zod';
import type { SearchDto, SearchPreviewDto } from '../dto/search.ts';
import { YAML_BYTES } from '../grid.ts';
import { type SearchSpec, searchSpecSchema } from '../search.ts';
import { tableFormatField } from '../table-format.ts';
import { idField, outputFileField, overwriteField } from './fields.ts';

const search = searchSpecSchema.describe('a search as SEARCH.yaml has it');

export const searchInputs = {
  /** Reads the text of a SEARCH.yaml; checks what can be checked without candles. */
  'search.read': z.strictObject({
    text: z
      .string()
      .max(4 * YAML_BYTES)
      .describe('text of a SEARCH.yaml'),
    file: z.string().max(1000).default('The search').describe('what messages call it'),
  }),
  /** Studies and spaces of a search; writes nothing. */
  'search.preview': z.strictObject({ search }),
  /** A job of it: started, paused and cancelled as any. */
  'search.create': z.strictObject({
    search,
    enqueue: z.boolean().default(false).describe('let it begin by itself when its turn comes'),
  }),
  /** What searches have come to so far, oldest first. */
  'search.list': z.strictObject({ queueId: idField.optional().describe('only that of this job') }),
  /** Writes the trials of a search, a row each, with a column for each parameter that any of them has. */
  'search.export': z.strictObject({
    queueId: idField.describe('number of its job'),
    out: outputFileField.describe('CSV or Parquet file to write'),
    format: tableFormatField,
    overwrite: overwriteField,
  }),
  /**
   * Writes the best hyper-parameters as JSON: of one place what a grid has under the name of its model type (`long` and `short` of two
   * models), of several that by the place's name.
   */
  'search.best': z.strictObject({
    queueId: idField.describe('number of its job'),
    out: outputFileField.describe('file to write (best_hyperparameters.json)'),
    overwrite: overwriteField,
  }),
} as const;

export interface SearchResults {
  'search.read': SearchSpec;
  'search.preview': SearchPreviewDto;
  'search.create': { readonly queueId: number; readonly preview: SearchPreviewDto };
  'search.list': readonly SearchDto[];
  'search.export': { readonly file: string; readonly trials: number };
  'search.best': { readonly file: string; readonly studies: number };
}
