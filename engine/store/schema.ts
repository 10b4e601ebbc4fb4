import type { ColumnType, Generated } from 'kysely';
import type { ConfigurationColumns } from '../cells/columns.ts';
import type { JobKind, QueueState, RunStatus } from '../contract/dto/index.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { EnsembleMethod, PredictionMethod } from '../contract/words.ts';
import type { AlertTables } from './alert-tables.ts';
import type { ArrivalsTable } from './arrivals-table.ts';
import type { BrokerTradesTable } from './broker-trades-table.ts';
import type { ForwardTables } from './forward-tables.ts';
import type { LooksTable } from './looks-table.ts';
import type { MarksTable } from './marks-table.ts';
import type { AliasesTable, JournalTable, VersionsTable } from './registry-tables.ts';
import type { SeriesChangesTable } from './series-changes-table.ts';
import type { SchedulesTable, SubmissionsTable, TokensTable, TrainingsTable } from './submission-tables.ts';
import type { SurvivalJournalTable, SurvivalModelsTable } from './survival-tables.ts';
import type { TrackedTable, TrackingTable } from './tracking-tables.ts';
import type { TrialsTable } from './trials-table.ts';
import type { FoldsTable, RefitsTable, ValidationFoldsTable, ValidationsTable } from './validation-tables.ts';
import type { ViewsTable } from './views-table.ts';
import type { WatchTables } from './watched-tables.ts';

/** Columns as the migrations leave them. */
export interface Tables extends WatchTables, ForwardTables, AlertTables {
  workspace: WorkspaceTable;
  series: SeriesTable;
  former_candles: FormerCandlesTable;
  series_changes: SeriesChangesTable;
  arrivals: ArrivalsTable;
  broker_trades: BrokerTradesTable;
  marks: MarksTable;
  views: ViewsTable;
  queues: QueuesTable;
  cells: CellsTable;
  configurations: ConfigurationsTable;
  bases: BasesTable;
  runs: RunsTable;
  strategies: StrategiesTable;
  regimes: RegimesTable;
  champions: ChampionsTable;
  audit: AuditTable;
  luck_maxima: LuckMaximaTable;
  luck_windows: LuckWindowsTable;
  luck_cells: LuckCellsTable;
  robustness: RobustnessTable;
  looks: LooksTable;
  validations: ValidationsTable;
  validation_folds: ValidationFoldsTable;
  trials: TrialsTable;
  folds: FoldsTable;
  refits: RefitsTable;
  versions: VersionsTable;
  aliases: AliasesTable;
  journal: JournalTable;
  tokens: TokensTable;
  submissions: SubmissionsTable;
  trainings: TrainingsTable;
  schedules: SchedulesTable;
  survival_models: SurvivalModelsTable;
  survival_journal: SurvivalJournalTable;
  tracking: TrackingTable;
  tracked: TrackedTable;
}

export interface WorkspaceTable {
  one: 1;
  id: string;
  generation: number;
}

export interface SeriesTable {
  symbol: string;
  timeframe: Timeframe;
  bars: number;
  first_time: number;
  last_time: number;
  digest: string;
  synthetic: number;
  file: string;
  quality: string;
  imported_at: number;
}

export interface FormerCandlesTable {
  file: string;
  symbol: string;
  timeframe: Timeframe;
  digest: string;
  replaced_at: number;
  /** JSON: digests of the views that it is kept for. */
  views: string;
}

export interface QueuesTable {
  id: Generated<number>;
  name: string;
  /** Every queue begins pending. That no update may name the column leaves it to the one door, queue/door.ts. */
  state: ColumnType<QueueState, 'pending', never>;
  /** Why it is in this state, where that is not obvious. */
  message: string | null;
  /** Higher runs earlier. */
  priority: number;
  spec: string;
  total: number;
  /** Models of this queue that became champion of a regime when their result came in. */
  crowned: number;
  /** Spent training, pauses left out. */
  seconds: number;
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
  /** JSON: the process that runs the queue; null when none does. */
  owner: string | null;
  /** When the owner last said that it lives. */
  heartbeat_at: number | null;
  /** 1: what is already trained is trained again. */
  retrain: number;
  /** 1: it was asked to start by itself when its turn comes. */
  enqueued: number;
  /** What its cells are; see JobKind. */
  kind: JobKind;
  /** The most memory, bytes, that a process that worked on it was seen to hold; null: not looked yet. */
  peak_memory: Generated<number | null>;
}

export type CellState = 'pending' | 'completed' | 'failed' | 'skipped';

export interface CellsTable {
  queue_id: number;
  cell_index: number;
  config_hash: string;
  run_key: string;
  state: CellState;
  run_id: number | null;
  /** The cell sees no bar that closes later, ms since 1970-01-01 UTC; null: all bars that are stored. */
  as_of: number | null;
  /** JSON ErrorDto of a failed cell whose run did not fail: its model could not be evaluated again. */
  error: string | null;
}

/** Every configuration that a cell or a run names by its hash, once. */
export interface ConfigurationsTable {
  /** SHA-256 of `configuration`. */
  config_hash: string;
  /** Canonical JSON. */
  configuration: string;
}

/** What runs that were shrunk are based on, once for all that say the same. */
export interface BasesTable {
  /** Of `basis`; see bases.ts. */
  digest: string;
  /** JSON. */
  basis: string;
}

export interface RunsTable extends ConfigurationColumns {
  id: Generated<number>;
  uuid: string;
  run_key: string;
  /** Names the trained model; null for a run of a pipeline before version 3. */
  training_key: string | null;
  /** JSON: names the figures, by regime that labels a bar and `all`; null where there is no training key. Of a run that was shrunk see `isKeyOf`. */
  evaluation_keys: string | null;
  attempt: number;
  config_hash: string;
  synthetic: number;
  status: RunStatus;
  kept: number;
  train_rows: number | null;
  rmse: number | null;
  mae: number | null;
  r2: number | null;
  rank_ic: number | null;
  best_sharpe: number | null;
  strategies_tested: number;
  /** Name in the artifact folder; null when the model was not kept. */
  artifact_file: string | null;
  /** Size of the model file, whether it was kept or not. */
  artifact_bytes: number;
  created_at: number;
  seconds: number;
  /** JSON ErrorDto of a failed run. */
  error: string | null;
  /**
   * JSON of what else the run key was made of, part by part: shows what changed when only the configuration matches. Of a run that was shrunk
   * its digest, see bases.ts.
   */
  basis: string;
  /** JSON: feature names with their gains and splits; of a run that was shrunk the ten most important, and `of` how many. */
  importance: string | null;
  /** JSON: figures of each model's left-out rows, see `SideMetrics`; null of returns, of a failed run and before version 22 of the database. */
  left_out: string | null;
  results: Uint8Array | null;
  /** JSON: Sharpe ratios of what was tried, by regime, of a run before version 16 of the database; null since. */
  tries: string | null;
  /** JSON: the rules of selection that it was judged by, see `selectionRules`; null for a run of an earlier version. */
  selection: string | null;
}

/** Where luck is counted: `regime` as `regimeKey` names it, or `all`. */
export interface LuckScopeColumns {
  symbol: string;
  timeframe: string;
  regime: string;
}

/** Of everything ever tried in a scope, in every window. */
export interface LuckMaximaTable extends LuckScopeColumns {
  /** Float64, little endian: M_b of each coin. */
  maxima: Uint8Array;
}

/** What strategies that were tried sum up to; see `ScopeLuck`. */
export interface LuckSumsColumns {
  count: number;
  sharpe_sum: number;
  sharpe_squares: number;
  /** How many of them have day sums that vary. */
  varying: number;
}

/** Of every cell that was tried in a scope and selection window. */
export interface LuckWindowsTable extends LuckScopeColumns, LuckSumsColumns {
  /** See `windowName`. */
  window: string;
  bars: number;
  bars_per_year: number;
  /** Float64, little endian, one a market day: sum of their standardized day sums. */
  sums: Uint8Array;
  /** Strategies in the samples of its cells. */
  sampled: number;
  /** Only strategies whose hash is smaller are sampled; null: all. */
  below: number | null;
}

/** What one cell tried in a scope, so that it counts once. Of a run that was shrunk all figures are 0. */
export interface LuckCellsTable extends LuckScopeColumns, LuckSumsColumns {
  /** The first 16 bytes of the key of its figures. */
  key: Uint8Array;
  /** 0: it was trained before this was kept, and nothing is known of it. */
  counted: 0 | 1;
  /** Null where nothing is asked of it any more, of a run that was shrunk. */
  window: string | null;
  /** As of its window; null where no strategy was tried, or of a run that was shrunk. */
  sums: Uint8Array | null;
  /** See luck-sample.ts; null where none of its strategies is in it. */
  sample: Uint8Array | null;
}

/** Figures of one strategy in both windows, as METRICS defines them; null where they are not defined. */
export interface EvaluatedColumns {
  sharpe: number | null;
  sharpe_error: number | null;
  sortino: number | null;
  max_drawdown: number | null;
  calmar: number | null;
  win_rate: number | null;
  profit_factor: number | null;
  expectancy: number | null;
  total_return: number | null;
  trades: number;
  exposure: number | null;
  longest_losing_streak: number | null;
  composite: number | null;
  roi: number | null;
  average_win: number | null;
  average_loss: number | null;
  kelly: number | null;
  kelly_error: number | null;
  score_result: number | null;
  score_stake: number | null;
  score_profit: number | null;
  score_wins: number | null;
  score_run_up: number | null;
  holdout_sharpe: number | null;
  holdout_sharpe_error: number | null;
  holdout_max_drawdown: number | null;
  holdout_win_rate: number | null;
  holdout_profit_factor: number | null;
  holdout_total_return: number | null;
  holdout_trades: number;
  holdout_composite: number | null;
}

/** Figures over all bars. */
export interface StrategiesTable extends EvaluatedColumns {
  run_id: number;
  strategy_index: number;
  /** By Sharpe ratio over all bars of the selection window, from 1; null beyond the best ten. */
  rank: number | null;
  prediction_method: PredictionMethod;
  ensemble_method: EnsembleMethod;
  confidence_threshold: number;
  lookback_window: number;
}

export interface RegimesTable {
  name: string;
  /** In the order of the configuration; null once it is no longer configured: older runs and champions speak of it. */
  position: number | null;
  definition: string;
  active: number;
}

/** What tells luck from an edge of one strategy alone in a regime, on the selection window; null where it is not known. */
export interface LuckColumns {
  /** S, which coin maxima are held against. */
  luck_score: number | null;
  /** Of its net returns by bar. */
  skewness: number | null;
  kurtosis: number | null;
}

/** Figures of the strategy alone in the regime. */
export interface ChampionsTable extends EvaluatedColumns, LuckColumns {
  symbol: string;
  timeframe: string;
  regime: string;
  run_id: number;
  strategy_index: number;
  score: number;
  /** What changed since it was chosen, in words, where that has put it aside. */
  stale: string | null;
  /** JSON: what its figures rest on, where it was scored again; null: they are those of its run. */
  basis: string | null;
  achieved_at: number;
}

/** What was found of a champion; see binding/robustness-key.ts. */
export interface RobustnessTable {
  symbol: string;
  timeframe: string;
  regime: string;
  run_id: number;
  /** What it was computed from. */
  key: string;
  /** JSON: RobustnessDto. */
  figures: string;
}

export interface AuditTable {
  id: Generated<number>;
  at: number;
  run_id: number;
  symbol: string;
  timeframe: string;
  regime: string;
  decision: string;
  strategy_index: number | null;
  old_run_id: number | null;
  /** On the bars and under the costs and rules of the new score. */
  old_score: number | null;
  /** As it was stored. */
  old_stored_score: number | null;
  /** Standard errors, of scores that are Sharpe ratios. */
  old_score_error: number | null;
  new_score_error: number | null;
  new_score: number | null;
  margin: number | null;
  trades: number | null;
  reason: string;
}
