// Made of the migrations by `npm run schema`. A test compares.
/** The migration up to which tables and indexes are those beside this file. */
export const VERSION = 49;
