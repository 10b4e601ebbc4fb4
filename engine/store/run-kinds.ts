/** What tells kinds apart: the first columns of the index `runs_figures`, in its order. */
export const GROUP_COLUMNS = [
  'status',
  'kept',
  'synthetic',
  'symbol',
  'timeframe',
  'model_type',
  'encoder',
  'days_history',
  'horizon',
] as const;

/** Those that are no text, as in the table of runs. */
export const GROUP_NUMBERS: ReadonlySet<string> = new Set(['kept', 'synthetic', 'days_history', 'horizon']);

const GROUPED: ReadonlySet<string> = new Set(GROUP_COLUMNS);
export const isGroupColumn = (name: string) => GROUPED.has(name);
