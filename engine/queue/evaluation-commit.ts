import { artifactName } from '../artifacts/folder.ts';
import type { ResolvedCell } from '../binding/resolver.ts';
import { isOwnModel } from '../binding/run-context.ts';
import { configurationOf } from '../cells/columns.ts';
import { EngineError, type ErrorDto, toErrorDto } from '../contract/errors.ts';
import { digestOf } from '../identity/digest.ts';
import { strategiesOf } from '../inference/strategy-grid.ts';
import { EVALUATION_WINDOWS } from '../pipeline/evaluation-span.ts';
import type { EvaluationTable } from '../pipeline/evaluation-table.ts';
import type { EvaluationResult } from '../pipeline/job.ts';
import { encodeResults } from '../pipeline/results-blob.ts';
import type { Champion } from '../selection/champion.ts';
import { judgedBy } from '../selection/judged-by.ts';
import { allChampions } from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import { replaceEvaluation, wasCrowned } from '../store/evaluated-runs.ts';
import { countCrowned, queuesOfRuns } from '../store/kept-models.ts';
import { finishCell, type QueueRow } from '../store/queues.ts';
import { evaluationColumns, hasBestOf, strategyRows } from '../store/result-rows.ts';
import { findRun, isRunKeyFree, type RunRow } from '../store/runs.ts';
import { setTable } from '../store/tables.ts';
import { type CommitDeps, type CommitOutcome, countLuckOf, removeFreed } from './commit.ts';
import { assertOwned } from './door.ts';
import { selectEvaluated } from './evaluation-select.ts';
import { stalenessOf } from './evaluation-survey.ts';

/** One model of an evaluation job. */
export interface EvaluationCell {
  readonly index: number;
  readonly cell: ResolvedCell;
  /** Numbers of the runs that keep it and have other figures, oldest first. */
  readonly runs: readonly number[];
}

/** Champions that the job itself has still to evaluate. */
export interface Waits {
  /** Why one can't be compared with yet, in words that complete "… since it was chosen"; undefined for all others. */
  reasonOf(champion: Champion): string | undefined;
  /** A run's turn has come. */
  turnOf(runId: number): void;
}

export interface EvaluationCommitDeps extends CommitDeps {
  readonly waits: Waits;
}

/**
 * Makes the figures of one model permanent, in every run that keeps it, all or nothing; a model that wins nothing any more goes
 * the way of all, after that. Its bytes, `model`, are written again where another job deleted them meanwhile.
 * @throws EngineError `workspace-busy` when another process has taken over the queue; nothing is recorded then
 */
export function commitEvaluation(
  deps: EvaluationCommitDeps,
  queue: QueueRow,
  { index, cell, runs }: EvaluationCell,
  result: EvaluationResult,
  model: Uint8Array | undefined,
): CommitOutcome {
  const { store } = deps;
  const rows = runs.map((id) => findRun(store, id)!);
  const { strategies, regimeNames } = deps;
  const table =
    result.status === 'failed'
      ? undefined
      : {
          strategies: strategiesOf(strategies, cell.configuration),
          windows: EVALUATION_WINDOWS,
          regimeNames,
          values: result.results,
          luck: result.luck,
          contenders: result.contenders,
        };
  const error = failureOf(rows[0]!, result) ?? (table && contradictionOf(deps, rows, cell, table));
  const common = { run: rows[0]!.uuid, metrics: {} };
  if (error !== undefined || table === undefined) {
    for (const id of runs) deps.waits.turnOf(id);
    store.transaction(() => {
      assertOwned(store, queue);
      finishCell(store, queue.id, index, 'failed', rows[0]!.id, error);
    });
    return {
      ...common,
      status: 'failed',
      kept: false,
      crowned: false,
      improves: [],
      pushedOut: [],
      strategiesTested: 0,
      error: error ?? null,
      decisions: [],
    };
  }
  const freed: string[] = [];
  const became: Became[] = [];
  const isCrowned = () => became.some((one) => one.isCrowned);
  store.transaction(() => {
    assertOwned(store, queue);
    countLuckOf(store, cell, table);
    for (const row of rows) {
      became.push(
        isOfToday(deps, row, cell)
          ? completeRun(deps, row, table)
          : evaluateRun(deps, row, cell, table, model, freed),
      );
    }
    deps.onStep?.('champions recorded');
    finishCell(store, queue.id, index, 'completed', rows[0]!.id);
    for (const { queueIds } of became) for (const id of queueIds) countCrowned(store, id);
    if (isCrowned()) countCrowned(store, queue.id);
  });
  deps.onStep?.('committed');
  for (const name of freed) removeFreed(deps, name);
  deps.onStep?.('files deleted');
  return {
    ...common,
    status: 'completed',
    kept: became.some(({ kept }) => kept),
    crowned: isCrowned(),
    improves: [...new Set(became.flatMap(({ regimes }) => regimes))],
    pushedOut: [...new Set(became.flatMap(({ pushedOut }) => pushedOut))],
    strategiesTested: table.strategies.length,
    error: null,
    decisions: became.flatMap(({ decisions }) => decisions),
  };
}

function failureOf(row: RunRow, result: EvaluationResult): ErrorDto | undefined {
  if (result.status === 'failed') return result.error;
  if (isOwnModel(row, result.modelKey)) return undefined;
  const message = `${row.artifact_file} is the model of another run than ${row.id}. Restore it from a backup, or train its configuration again.`;
  return toErrorDto(new EngineError('artifact-damaged', message));
}

/** Nothing of it is another than today but that it lacks its table. */
function isOfToday({ config }: EvaluationCommitDeps, row: RunRow, cell: ResolvedCell): boolean {
  return stalenessOf(row, cell, judgedBy(config.evaluation)) === undefined;
}

/** Figures follow from a model, bit for bit: where they do not, none of them is taken. */
function contradictionOf(
  deps: EvaluationCommitDeps,
  rows: readonly RunRow[],
  cell: ResolvedCell,
  table: EvaluationTable,
): ErrorDto | undefined {
  const row = rows.find((one) => isOfToday(deps, one, cell) && !hasBestOf(one, table));
  if (row === undefined) return undefined;
  const message = `Run ${row.id} gives other figures now than when it was trained, though nothing it is based on has changed. Its table of strategies is not taken.`;
  return toErrorDto(new EngineError('internal', message));
}

/** The run has its table again; what it was judged to be stays. In the transaction of its cell. */
function completeRun(
  { store, waits }: EvaluationCommitDeps,
  { id, kept }: RunRow,
  table: EvaluationTable,
): Became {
  waits.turnOf(id);
  setTable(store, id, encodeResults(table));
  return {
    kept: kept === 1,
    isCrowned: wasCrowned(store, id),
    regimes: allChampions(store).flatMap((row) => (row.run_id === id ? row.regime : [])),
    pushedOut: [],
    decisions: [],
    queueIds: [],
  };
}

interface Became {
  readonly kept: boolean;
  /** It was champion of a regime at any time. */
  readonly isCrowned: boolean;
  readonly regimes: readonly string[];
  readonly pushedOut: readonly number[];
  readonly decisions: CommitOutcome['decisions'];
  /** Queues that trained it, where it is champion for the first time. */
  readonly queueIds: readonly number[];
}

/** In the transaction of its cell. Names of files that are not needed any more are added to `freed`. */
function evaluateRun(
  deps: EvaluationCommitDeps,
  row: RunRow,
  cell: ResolvedCell,
  table: EvaluationTable,
  model: Uint8Array | undefined,
  freed: string[],
): Became {
  const { store, config, artifacts } = deps;
  const rules = judgedBy(config.evaluation);
  const staleness = stalenessOf(row, cell, rules)!;
  deps.waits.turnOf(row.id);
  const crownedBefore = wasCrowned(store, row.id);
  const { outcome, ...selected } = selectEvaluated(
    { ...deps, waits: deps.waits.reasonOf },
    { run: row, cell, staleness },
    table,
  );
  const configuration = configurationOf(row);
  const own = row.artifact_file ?? artifactName({ ...configuration, uuid: row.uuid });
  const file = outcome.keepArtifact ? own : null;
  if (file === null && row.artifact_file !== null) freed.push(row.artifact_file);
  if (file !== null && model !== undefined && !artifacts.has(file)) {
    artifacts.write(file, new Uint8Array(model));
  }
  freed.push(...outcome.released.flatMap((id) => findRun(store, id)?.artifact_file ?? []));

  selected.vacate();
  replaceEvaluation(
    store,
    row,
    {
      run_key: runKeyOf(store, row, cell),
      evaluation_keys: JSON.stringify(cell.evaluationKeys),
      basis: JSON.stringify(cell.basis),
      ...evaluationColumns(table),
      selection: rules,
      kept: file === null ? 0 : 1,
      artifact_file: file,
    },
    strategyRows(table, selected.strategies),
  );
  deps.onStep?.('run inserted');
  selected.record();
  const isCrowned = wasCrowned(store, row.id);
  return {
    kept: file !== null,
    isCrowned,
    regimes: outcome.champions.filter(({ runId }) => runId === row.id).map(({ regime }) => regime),
    pushedOut: outcome.removed.map(({ runId }) => runId),
    decisions: outcome.decisions,
    queueIds: isCrowned && !crownedBefore ? queuesOfRuns(store, [row.id]) : [],
  };
}

/**
 * The key that training would give today. Where the same configuration was trained under it, as the same attempt, a key of the run's own:
 * what an attempt was called stays.
 */
function runKeyOf(store: Store, row: RunRow, cell: ResolvedCell): string {
  return isRunKeyFree(store, cell.runKey, row) ? cell.runKey : digestOf([cell.runKey, row.uuid]);
}
