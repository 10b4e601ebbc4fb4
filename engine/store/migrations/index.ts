import { sql as initial } from './001-initial.ts';
import { sql as tries } from './002-tries.ts';

/** In order; the n-th brings the database to version n. A released migration is never edited. */
export const MIGRATIONS: readonly string[] = [initial, tries];
