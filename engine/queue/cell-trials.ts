import type { ResolvedCell, Resolver } from '../binding/resolver.ts';
import { trainedAs } from '../binding/trained.ts';
import { configHash } from '../cells/config-hash.ts';
import { EngineError, type ErrorDto } from '../contract/errors.ts';
import { storedJson } from '../contract/stored-json.ts';
import { ALL } from '../contract/words.ts';
import { digestOf } from '../identity/digest.ts';
import { decodeResults, encodeResults } from '../pipeline/results-blob.ts';
import { valueOfLoss } from '../search/objective.ts';
import type { Parameters } from '../search/space.ts';
import type { PlannedTrial } from '../search/study.ts';
import { bestOverAll } from '../selection/best-over-all.ts';
import { completedRuns } from '../store/completed-runs.ts';
import { isCountedIn } from '../store/luck.ts';
import { storedTable } from '../store/tables.ts';
import { wholeTrial } from '../store/trials.ts';
import { tableOfResult } from './commit.ts';
import { type CellTrials, type EndedTrial, lossesOf } from './live-study.ts';
import { type StudySpec, trialConfiguration } from './search-spec.ts';
import { commitDepsOf, type WorkDeps } from './work.ts';

/** @param asOf what windows are counted back from, ms UTC; null leaves it to the configuration file */
export function createCellTrials(
  deps: WorkDeps,
  {
    spec,
    resolver,
    asOf,
  }: { readonly spec: StudySpec; readonly resolver: Resolver; readonly asOf: number | null },
): CellTrials {
  const { store, artifacts, config } = deps;
  const { min_trades_per_regime: minTrades } = config.evaluation;
  const commitDeps = commitDepsOf(deps);

  const cellOf = (parameters: Parameters) => resolver.resolve(trialConfiguration(spec, parameters), asOf);
  const keyOf = ({ evaluationKeys }: ResolvedCell) =>
    digestOf(['trial', 'sharpe', evaluationKeys[ALL], minTrades]);

  function judged(trial: PlannedTrial, key: string, table: Uint8Array, seconds: number): EndedTrial {
    const best = bestOverAll(decodeResults(table), minTrades);
    if (typeof best === 'string') {
      return { trial, key, outcome: { state: 'completed', folds: [] }, error: reason(best), seconds };
    }
    const loss = valueOfLoss('sharpe', best.sharpe);
    const folds = [{ fold: 0, loss, parts: [], standardError: best.standardError }];
    return { trial, key, outcome: { state: 'completed', folds }, error: null, seconds };
  }

  /** The table of a run with the same figures. */
  function tableOfRun(cell: ResolvedCell): Uint8Array | undefined {
    const runs = completedRuns(store, [cell.configHash]).get(cell.configHash) ?? [];
    const run = trainedAs(store, artifacts, runs, cell);
    return (run && storedTable(store, run.id)) ?? undefined;
  }

  return {
    cellOf,
    key: ({ parameters }) => keyOf(cellOf(parameters)),

    known(trial) {
      let cell: ResolvedCell;
      try {
        cell = cellOf(trial.parameters);
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        const key = digestOf(['trial', 'sharpe', configHash(trialConfiguration(spec, trial.parameters))]);
        const { code, message } = error;
        const outcome = { state: 'failed', folds: [] } as const;
        return { trial, key, outcome, error: { code, message, details: {} }, seconds: 0 };
      }
      // What luck does not know of has to be tried again, to be counted.
      if (!isCountedIn(store, cell)) return undefined;
      const key = keyOf(cell);
      const row = wholeTrial(store, key);
      if (row !== undefined) {
        const error = row.error === null ? null : storedJson<ErrorDto>(row.error, 'the error of a trial');
        return { trial, key, outcome: { state: 'completed', folds: lossesOf(row) }, error, seconds: 0 };
      }
      const table = tableOfRun(cell);
      return table === undefined ? undefined : judged(trial, key, table, 0);
    },

    job(trial, index) {
      const { configuration, windows, configHash: hash, trainingKey } = cellOf(trial.parameters);
      return { index, configuration, training: windows.training, configHash: hash, trainingKey };
    },

    ended(trial, result) {
      const cell = cellOf(trial.parameters);
      const key = keyOf(cell);
      const { seconds } = result;
      if (result.status === 'failed') {
        return { trial, key, outcome: { state: 'failed', folds: [] }, error: result.error, seconds };
      }
      return judged(trial, key, encodeResults(tableOfResult(commitDeps, cell, result)), seconds);
    },
  };
}

/** Why a trial has no value though it was tried. */
function reason(message: string): ErrorDto {
  return { code: 'training-failed', message, details: {} };
}
