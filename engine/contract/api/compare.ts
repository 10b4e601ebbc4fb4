import { z } from 'zod';
import type { CompareDto } from '../dto/index.ts';

export const MOST_COMPARED = 8;

export const compareInputs = {
  /** Runs, champions and versions side by side: configuration, figures, equity. */
  'compare.show': z.strictObject({
    of: z
      .array(z.string().trim().min(1).max(200))
      .min(2, 'it takes two to compare')
      .max(MOST_COMPARED, `at most ${MOST_COMPARED} can be compared`)
      .describe(
        'numbers or UUIDs of runs, champions as SYMBOL/TIMEFRAME/REGIME[/RANK], versions as NAME@VERSION (EURUSD H1 all@20261128_143022)',
      ),
    curves: z.boolean().default(true).describe('follow each through its selection window'),
  }),
} as const;

export interface CompareResults {
  'compare.show': CompareDto;
}
