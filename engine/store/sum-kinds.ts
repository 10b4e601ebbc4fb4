/**
 * What checksums stand for. `sums` holds one number per kind and owner: the sum of the checksums of the owner's rows. A change of a
 * row takes away the old row's and adds the new one's; so a row that was damaged before stays found, whatever is changed in it later.
 */
export interface SumKind {
  readonly kind: string;
  readonly table: string;
  /** SQL of what names the owner, of a row's columns. */
  readonly owner: (column: (name: string) => string) => string;
  /** SQL of which rows count, of a row's columns; all by default. */
  readonly only?: (column: (name: string) => string) => string;
  /** Its columns; all by default. */
  readonly has?: (column: string) => boolean;
  /** Whether an owner has one row only: its checksum goes with it. */
  readonly isSingle: boolean;
}

/** Of a run: what is changed after it was recorded. All else is written once. */
const CHANGING = /^(kept|artifact_file|artifact_bytes|best_\w+)$/;

/** Of a cell that luck counts: what tells a sample of its strategies. */
const SAMPLED: ReadonlySet<string> = new Set(['symbol', 'timeframe', 'regime', 'key', 'window', 'sample']);

const column =
  (...names: string[]): SumKind['owner'] =>
  (of) =>
    names.map(of).join(" || ' ' || ");

export const SUM_KINDS: readonly SumKind[] = [
  { kind: 'runs', table: 'runs', owner: column('id'), has: (c) => !CHANGING.test(c), isSingle: true },
  { kind: 'run_states', table: 'runs', owner: column('id'), has: (c) => CHANGING.test(c), isSingle: true },
  { kind: 'strategies', table: 'strategies', owner: column('run_id'), isSingle: false },
  { kind: 'audit', table: 'audit', owner: column('run_id'), isSingle: false },
  {
    kind: 'champions',
    table: 'champions',
    owner: column('symbol', 'timeframe', 'regime', 'run_id'),
    isSingle: true,
  },
  { kind: 'queues', table: 'queues', owner: column('id'), isSingle: true },
  { kind: 'cells', table: 'cells', owner: column('queue_id'), isSingle: false },
  { kind: 'series', table: 'series', owner: column('symbol', 'timeframe'), isSingle: true },
  { kind: 'former_candles', table: 'former_candles', owner: column('file'), isSingle: true },
  { kind: 'series_changes', table: 'series_changes', owner: column('id'), isSingle: true },
  { kind: 'regimes', table: 'regimes', owner: column('name'), isSingle: true },
  {
    kind: 'luck_maxima',
    table: 'luck_maxima',
    owner: column('symbol', 'timeframe', 'regime'),
    isSingle: true,
  },
  {
    kind: 'luck_windows',
    table: 'luck_windows',
    owner: column('symbol', 'timeframe', 'regime', 'window'),
    isSingle: true,
  },
  {
    kind: 'luck_cells',
    table: 'luck_cells',
    owner: column('symbol', 'timeframe', 'regime'),
    isSingle: false,
  },
  {
    // What is read of a window's cells, without going through all cells of its scope.
    kind: 'luck_samples',
    table: 'luck_cells',
    owner: (of) => `${column('symbol', 'timeframe', 'regime')(of)} || ' ' || coalesce(${of('window')}, '')`,
    only: (of) => `${of('sample')} IS NOT NULL`,
    has: (c) => SAMPLED.has(c),
    isSingle: false,
  },
  {
    kind: 'robustness',
    table: 'robustness',
    owner: column('symbol', 'timeframe', 'regime', 'run_id'),
    isSingle: true,
  },
  { kind: 'looks', table: 'looks', owner: column('id'), isSingle: true },
  { kind: 'validations', table: 'validations', owner: column('id'), isSingle: true },
  {
    kind: 'validation_folds',
    table: 'validation_folds',
    owner: column('validation_id'),
    isSingle: false,
  },
  { kind: 'folds', table: 'folds', owner: column('id'), isSingle: true },
  { kind: 'refits', table: 'refits', owner: column('validation_id'), isSingle: true },
  { kind: 'trials', table: 'trials', owner: column('queue_id'), isSingle: false },
  { kind: 'versions', table: 'versions', owner: column('id'), isSingle: true },
  { kind: 'aliases', table: 'aliases', owner: column('name', 'alias'), isSingle: true },
  { kind: 'journal', table: 'journal', owner: column('id'), isSingle: true },
  { kind: 'tokens', table: 'tokens', owner: column('id'), isSingle: true },
  { kind: 'submissions', table: 'submissions', owner: column('key'), isSingle: true },
  { kind: 'trainings', table: 'trainings', owner: column('id'), isSingle: true },
  { kind: 'watched_folders', table: 'watched_folders', owner: column('folder'), isSingle: true },
  { kind: 'watched_files', table: 'watched_files', owner: column('file'), isSingle: true },
  {
    kind: 'file_readings',
    table: 'file_readings',
    owner: column('file', 'symbol', 'timeframe'),
    isSingle: true,
  },
  {
    kind: 'arrivals',
    table: 'arrivals',
    owner: column('symbol', 'timeframe', 'time', 'kind'),
    isSingle: true,
  },
  { kind: 'forward_tests', table: 'forward_tests', owner: column('id'), isSingle: true },
  { kind: 'forward_bars', table: 'forward_bars', owner: column('test_id'), isSingle: false },
  { kind: 'alert_targets', table: 'alert_targets', owner: column('name'), isSingle: true },
  { kind: 'alerts', table: 'alerts', owner: column('id'), isSingle: true },
  { kind: 'alert_states', table: 'alert_states', owner: column('key'), isSingle: true },
  { kind: 'broker_trades', table: 'broker_trades', owner: column('account', 'ticket'), isSingle: true },
  { kind: 'marks', table: 'marks', owner: column('kind', 'subject'), isSingle: true },
  { kind: 'views', table: 'views', owner: column('subject', 'name'), isSingle: true },
  { kind: 'schedules', table: 'schedules', owner: column('name'), isSingle: true },
  { kind: 'tracking', table: 'tracking', owner: column('id'), isSingle: true },
  { kind: 'tracked', table: 'tracked', owner: column('tracking_id', 'key'), isSingle: true },
  { kind: 'survival_models', table: 'survival_models', owner: column('id'), isSingle: true },
  { kind: 'survival_journal', table: 'survival_journal', owner: column('id'), isSingle: true },
  { kind: 'workspace', table: 'workspace', owner: column('one'), isSingle: true },
];

/** Tables whose rows are no kind's: configurations and bases are named by their own digest, the others are the checksums, what says that rows were changed, and what was computed of them. */
export const OTHER_TABLES: ReadonlySet<string> = new Set([
  'configurations',
  'bases',
  'sums',
  'links',
  'run_changes',
  'audit_changes',
  'decision_answers',
]);

/** Of a run, what its link in the chain of its job is made of: nothing of it is ever changed. */
export const LINKED_COLUMNS = [
  'uuid',
  'attempt',
  'config_hash',
  'synthetic',
  'status',
  'train_rows',
  'rmse',
  'mae',
  'r2',
  'rank_ic',
  'error',
  'created_at',
  'seconds',
] as const;
