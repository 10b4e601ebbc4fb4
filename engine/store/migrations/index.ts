import { sql as initial } from './001-initial.ts';

/** In order; the n-th brings the database to version n. A released migration is never edited. */
export const MIGRATIONS: readonly string[] = [initial];
