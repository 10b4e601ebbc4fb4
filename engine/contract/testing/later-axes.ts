import { z } from 'zod';
import { numeric } from '../api/fields.ts';
import type { AXES } from '../axes.ts';

/**
 * Two axes that are not there yet, each written once: `session` is kept in the configuration alone; `era` has a column of
 * its own, which takes a migration. In a test, `vi.mock` puts them into the table of axes.
 */
export function withLaterAxes(axes: typeof AXES) {
  return {
    ...axes,
    session: {
      name: 'trading_session',
      title: 'Session',
      schema: z.enum(['all', 'london', 'tokyo']),
      initial: 'all',
      grid: {
        key: 'sessions',
        value: z.enum(['all', 'london', 'tokyo']),
        initial: ['all'],
        noun: 'session',
        order: 35,
      },
      head: { text: 'Session' },
      words: { of: (session: string) => `${session} session` },
    },
    era: {
      name: 'era',
      title: 'Era',
      schema: z.int(),
      initial: 1,
      column: 'integer',
      sorted: true,
      filter: { key: 'era', value: numeric(z.int()), about: 'only runs of this era' },
      head: { text: 'Era', isNumber: true },
    },
  } as const;
}

export const ERA_MIGRATION = `ALTER TABLE runs ADD COLUMN era INTEGER NOT NULL DEFAULT 1;
CREATE INDEX runs_by_era ON runs (era);`;

/** What a configuration has of them. */
export interface LaterAxes {
  readonly session: 'all' | 'london' | 'tokyo';
  readonly era: number;
}
