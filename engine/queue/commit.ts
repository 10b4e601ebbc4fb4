import { type ArtifactFolder, artifactName } from '../artifacts/folder.ts';
import type { MetricName } from '../backtest/metrics.ts';
import type { Basis } from '../binding/basis.ts';
import type { ResolvedCell } from '../binding/resolver.ts';
import { standingOf } from '../binding/standing.ts';
import { columnsOf } from '../cells/columns.ts';
import { canonicalConfiguration } from '../cells/config-hash.ts';
import type { Config } from '../config/schema.ts';
import type { ErrorDto } from '../contract/errors.ts';
import { digestOf, uuidFrom } from '../identity/digest.ts';
import type { Strategy } from '../inference/strategy-grid.ts';
import type { TrainingMetrics } from '../models/training-metrics.ts';
import { EVALUATION_WINDOWS } from '../pipeline/evaluation-span.ts';
import { type EvaluationTable, figuresIn, metricOf } from '../pipeline/evaluation-table.ts';
import type { CellResult } from '../pipeline/job.ts';
import { examineRegimes, SCORES } from '../selection/candidates.ts';
import { decide, type SelectionOutcome } from '../selection/decide.ts';
import { type TriedResults, triesOf } from '../selection/tries.ts';
import {
  allChampions,
  insertAudit,
  insertChampion,
  markChampion,
  removeChampion,
} from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import { countCrowned } from '../store/kept-models.ts';
import { finishCell, type QueueRow } from '../store/queues.ts';
import {
  auditRow,
  championOf,
  championRow,
  NO_RESULT,
  resultColumns,
  strategyRows,
} from '../store/result-rows.ts';
import { clearArtifact, findRun, insertRun, lastAttempt, nextRunId, scoredRun } from '../store/runs.ts';
import { assertOwned } from './door.ts';

export interface CommitDeps {
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly config: Config;
  readonly strategies: readonly Strategy[];
  /** Names of the regimes that strategies are tested in. */
  readonly regimeNames: readonly string[];
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
  /** Told of each step as it is done, so that tests can end the process in between. */
  readonly onStep?: ((step: CommitStep) => void) | undefined;
}

/** Steps of a commit in their order; the first two only where there is a model file to keep. */
export const COMMIT_STEPS = [
  'temporary file written',
  'file in place',
  'run inserted',
  'champions recorded',
  'committed',
  'files deleted',
] as const;
export type CommitStep = (typeof COMMIT_STEPS)[number];

export interface CommitOutcome {
  readonly status: 'completed' | 'failed';
  readonly kept: boolean;
  /** Regimes in which the run became champion. */
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

/**
 * Makes one result permanent, all or nothing. The model file is written first and deleted files go last, so whatever
 * the database says is kept does exist; a crash between the steps leaves a file too many, never one too few.
 * @throws EngineError `workspace-busy` when another process has taken over the queue; nothing is recorded then
 */
export function commitResult(
  deps: CommitDeps,
  queue: QueueRow,
  cell: ResolvedCell,
  result: CellResult,
): CommitOutcome {
  const { store, now } = deps;
  const runId = nextRunId(store);
  const attempt = lastAttempt(store, cell.runKey) + 1;
  const common = {
    id: runId,
    uuid: uuidFrom(digestOf([cell.runKey, attempt])),
    run_key: cell.runKey,
    attempt,
    config_hash: cell.configHash,
    ...columnsOf(cell.configuration),
    configuration: canonicalConfiguration(cell.configuration),
    synthetic: cell.synthetic ? 1 : 0,
    basis: JSON.stringify(cell.basis),
    created_at: now(),
    seconds: result.seconds,
  };
  if (result.status === 'failed') {
    store.transaction(() => {
      assertOwned(store, queue);
      insertRun(
        store,
        { ...common, ...NO_RESULT, status: 'failed', error: JSON.stringify(result.error) },
        [],
      );
      finishCell(store, queue.id, result.index, 'failed', runId);
    });
    return {
      status: 'failed',
      kept: false,
      improves: [],
      pushedOut: [],
      strategiesTested: 0,
      error: result.error,
      run: common.uuid,
      metrics: {},
      decisions: [],
    };
  }

  const table: EvaluationTable = {
    strategies: deps.strategies,
    windows: EVALUATION_WINDOWS,
    regimeNames: deps.regimeNames,
    values: result.results,
  };
  const { min_trades_per_regime: minTrades } = deps.config.evaluation;
  const outcome = select(deps, runId, cell, table);
  const fileName = outcome.keepArtifact ? artifactName({ ...cell.configuration, uuid: common.uuid }) : null;
  if (fileName !== null) {
    deps.artifacts.write(fileName, result.artifact);
    deps.onStep?.('file in place');
  }

  const freed = outcome.released.flatMap((id) => findRun(store, id)?.artifact_file ?? []);
  store.transaction(() => {
    assertOwned(store, queue);
    insertRun(
      store,
      {
        ...common,
        ...resultColumns(result, table),
        tries: JSON.stringify(triesOf(regimeResults(table, 'sharpe'), table.regimeNames, minTrades)),
        kept: fileName === null ? 0 : 1,
        artifact_file: fileName,
      },
      strategyRows(table, outcome),
    );
    deps.onStep?.('run inserted');
    recordSelection(deps, outcome, table);
    deps.onStep?.('champions recorded');
    finishCell(store, queue.id, result.index, 'completed', runId);
    if (outcome.added.length > 0) countCrowned(store, queue.id);
  });
  deps.onStep?.('committed');
  for (const name of freed) removeFreed(deps, name);
  deps.onStep?.('files deleted');
  return {
    status: 'completed',
    kept: fileName !== null,
    improves: outcome.added.map((champion) => champion.regime),
    pushedOut: [...new Set(outcome.removed.map((champion) => champion.runId))],
    strategiesTested: table.strategies.length,
    error: null,
    run: common.uuid,
    metrics: namedMetrics(result.metrics),
    decisions: outcome.decisions,
  };
}

function namedMetrics({ rmse, mae, r2, rankIc }: TrainingMetrics): Record<string, number> {
  return { rmse, mae, r2, rank_ic: rankIc };
}

function select(
  deps: CommitDeps,
  runId: number,
  cell: ResolvedCell,
  table: EvaluationTable,
): SelectionOutcome {
  const { evaluation, model_management } = deps.config;
  const { metric } = SCORES[evaluation.score];
  const examinations = examineRegimes(regimeResults(table, metric), table.regimeNames, evaluation);
  const champions = allChampions(deps.store).map(championOf);
  const { symbol, timeframe } = cell.configuration;
  const today = { basis: cell.basis, symbol, timeframe };
  return decide(
    { runId, symbol, timeframe, examinations },
    champions,
    { ...evaluation, ...model_management },
    (champion) => {
      const { basis, ...market } = scoredRun(deps.store, champion.runId);
      return standingOf({ basis: JSON.parse(basis) as Partial<Basis>, ...market }, today);
    },
  );
}

/** A table's figures as selection reads them: one metric, alone in each regime, on the selection window. */
function regimeResults(table: EvaluationTable, metric: MetricName): TriedResults {
  return {
    strategies: table.strategies.length,
    score: (strategy, regime) => metricOf(table, strategy, 'selection', 1 + regime, metric),
    trades: (strategy, regime) => metricOf(table, strategy, 'selection', 1 + regime, 'trades'),
    fingerprint: (strategy, regime) => {
      const figures = figuresIn(table, strategy, 'selection', 1 + regime);
      return Buffer.from(figures.buffer, figures.byteOffset, figures.byteLength).toString('latin1');
    },
  };
}

function recordSelection(deps: CommitDeps, outcome: SelectionOutcome, table: EvaluationTable): void {
  const { store, now } = deps;
  for (const champion of outcome.removed) removeChampion(store, champion);
  for (const champion of outcome.added) insertChampion(store, championRow(champion, table, now()));
  for (const champion of outcome.changed) markChampion(store, champion);
  for (const released of outcome.released) clearArtifact(store, released);
  for (const decision of outcome.decisions) insertAudit(store, auditRow(decision, now()));
}

/** The result is permanent by now: a file that can't be removed is left to the sweep at the next start. */
function removeFreed(deps: CommitDeps, name: string): void {
  try {
    deps.artifacts.remove(name);
  } catch {
    // Nothing refers to it any more.
  }
}
