import { z } from 'zod';
import type { OverviewDto } from '../dto/index.ts';

export const overviewInputs = {
  /** What finished, changed and waits for a decision since the last look of a window, which it leaves as it is. */
  'overview.get': z.strictObject({
    since: z
      .union([z.iso.date(), z.iso.datetime({ offset: true })])
      .optional()
      .describe('a day (2026-05-03, UTC) or a time, in place of the last look'),
  }),
  /**
   * Somebody looks now. Looks less than an hour apart are one: what was new at its beginning stays new until it ends. `all`: what is
   * new now has been seen.
   */
  'overview.seen': z.strictObject({ all: z.boolean().default(false) }),
} as const;

export interface OverviewResults {
  'overview.get': OverviewDto;
  'overview.seen': { readonly since: string | null };
}
