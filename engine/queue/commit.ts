import { type ArtifactFolder, artifactName } from '../artifacts/folder.ts';
import type { Basis } from '../binding/basis.ts';
import type { ResolvedCell } from '../binding/resolver.ts';
import { columnsOf } from '../cells/columns.ts';
import { canonicalConfiguration } from '../cells/config-hash.ts';
import type { Config } from '../config/schema.ts';
import type { ErrorDto } from '../contract/errors.ts';
import { digestOf, uuidFrom } from '../identity/digest.ts';
import { type Strategy, strategiesOf } from '../inference/strategy-grid.ts';
import type { TrainingMetrics } from '../models/training-metrics.ts';
import { EVALUATION_WINDOWS } from '../pipeline/evaluation-span.ts';
import type { EvaluationTable } from '../pipeline/evaluation-table.ts';
import type { CellResult, CompletedCell, FailedCell } from '../pipeline/job.ts';
import { encodeResults } from '../pipeline/results-blob.ts';
import type { SelectionOutcome } from '../selection/decide.ts';
import { judgedBy } from '../selection/judged-by.ts';
import type { Store } from '../store/database.ts';
import { countCrowned } from '../store/kept-models.ts';
import { countLuck, countTogether } from '../store/luck.ts';
import { finishCell, type QueueRow } from '../store/queues.ts';
import { hasBestOf, NO_RESULT, resultColumns, strategyRows } from '../store/result-rows.ts';
import {
  artifactFileOf,
  filesOfModel,
  findRun,
  insertRun,
  lastAttempt,
  nextRunId,
  type RunRow,
} from '../store/runs.ts';
import { runsLackingTable, setTable } from '../store/tables.ts';
import { assertOwned } from './door.ts';
import type { FreshScores } from './rescore.ts';
import { selectRun } from './select.ts';

export interface CommitDeps {
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly config: Config;
  /** Of today's inference grid; those of a target may be fewer. */
  readonly strategies: readonly Strategy[];
  /** Names of the regimes that strategies are tested in. */
  readonly regimeNames: readonly string[];
  /** Of champions that results are compared with, where their scores are not of today. */
  readonly freshScores: FreshScores;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
  /** Told of each step as it is done, so that tests can end the process in between. */
  readonly onStep?: ((step: CommitStep) => void) | undefined;
}

/** Steps of a commit in their order; the third and fourth only where there are model files to keep. */
export const COMMIT_STEPS = [
  'run inserted',
  'champions recorded',
  'temporary file written',
  'file in place',
  'committed',
  'files deleted',
] as const;
export type CommitStep = (typeof COMMIT_STEPS)[number];

export interface CommitOutcome {
  readonly status: 'completed' | 'failed';
  readonly kept: boolean;
  /** It counts among the models of its queue that became champions. */
  readonly crowned: boolean;
  /** Regimes in which the run became champion, or, evaluated again, is. */
  readonly improves: readonly string[];
  /** Runs that lost a place to it, whatever else they are champion of. */
  readonly pushedOut: readonly number[];
  readonly strategiesTested: number;
  readonly error: ErrorDto | null;
  /** UUID of the run. */
  readonly run: string;
  /** Figures of the left-out predictions, by the names of the database; none of a run that failed. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly decisions: SelectionOutcome['decisions'];
}

/** A result, and the cell that it is of. */
export interface TrainedCell {
  readonly cell: ResolvedCell;
  readonly result: CellResult;
}

/**
 * Makes results permanent in their order, all or nothing. Model files are in place before their rows are permanent, and deleted files go
 * after that, so whatever the database says is kept does exist; a crash between the steps leaves a file too many, never one too few.
 * What another result of the same transaction pushes out is not written at all. `recorded` is called
 * after each, while the database says what it came to and nothing of those after it.
 * @throws EngineError `workspace-busy` when another process has taken over the queue; nothing is recorded then
 */
export function commitResults(
  deps: CommitDeps,
  queue: QueueRow,
  trained: readonly TrainedCell[],
  recorded: (outcome: CommitOutcome) => void = () => undefined,
): CommitOutcome[] {
  const { store } = deps;
  const models = createModelChanges();
  const outcomes = store.transaction(() => {
    assertOwned(store, queue);
    const recordedAll = countTogether(store, () =>
      trained.map(({ cell, result }) => {
        const outcome =
          result.status === 'failed'
            ? recordFailure(deps, queue, cell, result)
            : recordResult(deps, queue, cell, result, models);
        recorded(outcome);
        return outcome;
      }),
    );
    deps.artifacts.writeAll(models.written);
    if (models.written.size > 0) deps.onStep?.('file in place');
    return recordedAll;
  }, trained.length);
  const completed = outcomes.filter(({ status }) => status === 'completed').length;
  if (completed > 0) {
    for (let n = 0; n < completed; n++) deps.onStep?.('committed');
    for (const name of models.freed) removeFreed(deps, name);
    deps.onStep?.('files deleted');
  }
  return outcomes;
}

/** What becomes of model files. */
interface ModelChanges {
  /** Bytes by file name. */
  readonly written: ReadonlyMap<string, Uint8Array>;
  /** Names of files that are not needed any more. */
  readonly freed: readonly string[];
  keep(name: string, bytes: Uint8Array): void;
  free(name: string): void;
}

function createModelChanges(): ModelChanges {
  const written = new Map<string, Uint8Array>();
  const freed: string[] = [];
  return {
    written,
    freed,
    keep: (name, bytes) => written.set(name, bytes),
    free(name) {
      if (!written.delete(name)) freed.push(name);
    },
  };
}

/** By the basis, which the cells of a market, window and rules share. */
const basisTexts = new WeakMap<Basis, string>();

function basisText(basis: Basis): string {
  let text = basisTexts.get(basis);
  if (text === undefined) {
    text = JSON.stringify(basis);
    basisTexts.set(basis, text);
  }
  return text;
}

/** What all runs have, whatever became of them. */
function commonColumns({ store, now }: CommitDeps, cell: ResolvedCell, { seconds }: CellResult) {
  const attempt = lastAttempt(store, cell.runKey) + 1;
  return {
    id: nextRunId(store),
    uuid: uuidFrom(digestOf([cell.runKey, attempt])),
    run_key: cell.runKey,
    training_key: cell.trainingKey,
    evaluation_keys: JSON.stringify(cell.evaluationKeys),
    attempt,
    config_hash: cell.configHash,
    ...columnsOf(cell.configuration),
    configuration: canonicalConfiguration(cell.configuration),
    synthetic: cell.synthetic ? 1 : 0,
    basis: basisText(cell.basis),
    created_at: now(),
    seconds,
  };
}

function recordFailure(
  deps: CommitDeps,
  queue: QueueRow,
  cell: ResolvedCell,
  result: FailedCell,
): CommitOutcome {
  const { store } = deps;
  const common = commonColumns(deps, cell, result);
  const error = JSON.stringify(result.error);
  insertRun(store, { ...common, ...NO_RESULT, status: 'failed', error }, []);
  finishCell(store, queue.id, result.index, 'failed', common.id);
  return {
    status: 'failed',
    kept: false,
    crowned: false,
    improves: [],
    pushedOut: [],
    strategiesTested: 0,
    error: result.error,
    run: common.uuid,
    metrics: {},
    decisions: [],
  };
}

/** What the strategies of a trained cell came to. */
export function tableOfResult(
  { strategies, regimeNames }: Pick<CommitDeps, 'strategies' | 'regimeNames'>,
  { configuration }: Pick<ResolvedCell, 'configuration'>,
  { results, of, encoded, luck, contenders }: CompletedCell,
): EvaluationTable {
  return {
    strategies: strategiesOf(strategies, configuration),
    windows: EVALUATION_WINDOWS,
    regimeNames,
    values: results,
    of,
    encoded,
    luck,
    contenders,
  };
}

function recordResult(
  deps: CommitDeps,
  queue: QueueRow,
  cell: ResolvedCell,
  result: CompletedCell,
  models: ModelChanges,
): CommitOutcome {
  const { store } = deps;
  const common = commonColumns(deps, cell, result);
  const table = tableOfResult(deps, cell, result);
  // A chance to survive is told against all that was tried, this included.
  countLuckOf(store, cell, table);
  const lacking = runsLackingTable(store, cell);
  const completed = queue.kind === 'list' ? runToComplete(deps, lacking, table) : undefined;
  if (completed !== undefined) {
    bringBack(deps, cell.trainingKey, result.artifact);
    return completeRuns(deps, queue, { index: result.index, lacking, completed }, result, table);
  }

  const { outcome, record } = selectRun(deps, common.id, cell, table);
  const fileName = outcome.keepArtifact ? artifactName({ ...cell.configuration, uuid: common.uuid }) : null;
  if (fileName !== null) models.keep(fileName, result.artifact);
  bringBack(deps, cell.trainingKey, result.artifact);

  for (const id of outcome.released) {
    const released = artifactFileOf(store, id);
    if (released != null) models.free(released);
  }
  insertRun(
    store,
    {
      ...common,
      ...resultColumns(result, table),
      tries: null,
      selection: judgedBy(deps.config.evaluation),
      kept: fileName === null ? 0 : 1,
      artifact_file: fileName,
    },
    strategyRows(
      table,
      outcome.added.map(({ strategyIndex }) => strategyIndex),
    ),
  );
  deps.onStep?.('run inserted');
  record();
  deps.onStep?.('champions recorded');
  for (const id of lacking) setTable(store, id, encodeResults(table));
  finishCell(store, queue.id, result.index, 'completed', common.id);
  if (outcome.added.length > 0) countCrowned(store, queue.id);
  return {
    status: 'completed',
    kept: fileName !== null,
    crowned: outcome.added.length > 0,
    improves: outcome.added.map((champion) => champion.regime),
    pushedOut: [...new Set(outcome.removed.map((champion) => champion.runId))],
    strategiesTested: table.strategies.length,
    error: null,
    run: common.uuid,
    metrics: namedMetrics(result.metrics),
    decisions: outcome.decisions,
  };
}

/** Counts what was tried; in the transaction that records it. */
export function countLuckOf(store: Store, cell: ResolvedCell, { luck, regimeNames }: EvaluationTable): void {
  if (luck === undefined) return;
  const { symbol, timeframe } = cell.configuration;
  const { evaluationKeys, windows } = cell;
  const selection = windows.evaluation.windows.find(({ name }) => name === 'selection')!;
  countLuck(store, { symbol, timeframe, evaluationKeys, selection, regimeNames, luck });
}

/**
 * Of runs with these figures that came back without their tables, the last: where it is judged by today's rules, it is to be
 * completed, and nothing is to be judged again.
 */
function runToComplete(
  { store, config }: CommitDeps,
  lacking: readonly number[],
  table: EvaluationTable,
): RunRow | undefined {
  const last = lacking.at(-1);
  const row = last === undefined ? undefined : findRun(store, last);
  if (row === undefined || !hasBestOf(row, table)) return undefined;
  return row.selection === null || row.selection === judgedBy(config.evaluation) ? row : undefined;
}

/** Runs have their tables again; all else of them stays. */
function completeRuns(
  { store, onStep }: CommitDeps,
  queue: QueueRow,
  {
    index,
    lacking,
    completed,
  }: { readonly index: number; readonly lacking: readonly number[]; readonly completed: RunRow },
  { metrics }: CompletedCell,
  table: EvaluationTable,
): CommitOutcome {
  for (const id of lacking) setTable(store, id, encodeResults(table));
  onStep?.('run inserted');
  finishCell(store, queue.id, index, 'completed', completed.id);
  return {
    status: 'completed',
    kept: completed.kept === 1,
    crowned: false,
    improves: [],
    pushedOut: [],
    strategiesTested: table.strategies.length,
    error: null,
    run: completed.uuid,
    metrics: namedMetrics(metrics),
    decisions: [],
  };
}

function namedMetrics({ rmse, mae, r2, rankIc }: TrainingMetrics): Record<string, number> {
  return { rmse, mae, r2, rank_ic: rankIc };
}

/** A kept model whose file went missing is this one, bit for bit. */
function bringBack(
  { store, artifacts }: CommitDeps,
  trainingKey: string,
  bytes: Uint8Array<ArrayBuffer>,
): void {
  for (const file of filesOfModel(store, trainingKey)) {
    if (!artifacts.has(file)) artifacts.write(file, bytes);
  }
}

/** The result is permanent by now: a file that can't be removed is left to the sweep at the next start. */
export function removeFreed(deps: Pick<CommitDeps, 'artifacts'>, name: string): void {
  try {
    deps.artifacts.remove(name);
  } catch {
    // Nothing refers to it any more.
  }
}
