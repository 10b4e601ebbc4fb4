import type { ResolvedCell } from '../binding/resolver.ts';
import type {
  CellJob,
  CellResult,
  CompletedCell,
  TrialFold,
  TrialJob,
  TrialResult,
} from '../pipeline/job.ts';
import type { PlannedTrial } from '../search/study.ts';
import { trialContext } from '../search/trial-context.ts';
import type { Trainer } from '../workers/trainer.ts';
import { startTraining, type Training } from '../workers/training.ts';
import { type CellTrials, type EndedTrial, type LiveStudy, withFolds } from './live-study.ts';
import type { Course } from './work.ts';

/** A trial that was a whole cell. */
export interface TriedCell {
  readonly cell: ResolvedCell;
  readonly result: CompletedCell;
}

export interface TrialToTrain {
  readonly live: LiveStudy;
  readonly trial: PlannedTrial;
  /** Of its cell in the job. */
  readonly index: number;
  /** Of the study. */
  readonly cell: ResolvedCell;
  /** Where trials are whole cells; undefined: they are tried in folds. */
  readonly whole: CellTrials | undefined;
  readonly trainer: Trainer;
  readonly contextSpec: Course['contextSpec'];
  readonly secondsPerModel: number;
  readonly onThread: (job: CellJob | undefined) => void;
  /** Makes permanent what it came to. */
  readonly settle: (ended: EndedTrial, tried?: TriedCell) => void;
}

/** Has one trial trained by one thread. */
export function startTrial(given: TrialToTrain): Training {
  return given.whole === undefined ? tryInFolds(given) : tryWhole(given, given.whole);
}

function tryInFolds({ live, trial, index, cell, ...given }: TrialToTrain): Training {
  const job = live.job(trial, index);
  const context = trialContext(given.contextSpec(cell), live.firstTest, cell.windows.training);
  const training = startTraining<TrialJob>({
    trainer: given.trainer,
    batches: [{ contextKey: job.trainingKey, cells: [job] }],
    contextSpec: () => context,
    maxSecondsPerCell: given.secondsPerModel * job.folds.length,
    onThread: (_, one) => given.onThread(one),
    onResult(result) {
      given.settle(endedTrial(live, trial, result, job.folds));
      training.committed();
    },
  });
  return training;
}

function tryWhole({ trial, index, ...given }: TrialToTrain, whole: CellTrials): Training {
  const cell = whole.cellOf(trial.parameters);
  const training = startTraining<CellJob>({
    trainer: given.trainer,
    batches: [{ contextKey: cell.contextKey, cells: [whole.job(trial, index)] }],
    contextSpec: () => given.contextSpec(cell),
    maxSecondsPerCell: given.secondsPerModel,
    onThread: (_, one) => given.onThread(one),
    onResult(result) {
      given.settle(whole.ended(trial, result), result.status === 'completed' ? { cell, result } : undefined);
      training.committed();
    },
  });
  return training;
}

function endedTrial(
  live: LiveStudy,
  trial: PlannedTrial,
  result: TrialResult,
  order: readonly TrialFold[],
): EndedTrial {
  const { seconds } = result;
  const key = live.key(trial);
  if (result.status === 'failed') {
    return { trial, key, outcome: { state: 'failed', folds: [] }, error: result.error, seconds };
  }
  const state = result.isPruned ? 'pruned' : 'completed';
  return { trial, key, outcome: { state, folds: withFolds(result.folds, order) }, error: null, seconds };
}

/** Of each study what its best whole cell came to, so that it need not be trained a second time. */
export interface HeldResults {
  offer(study: number, ended: EndedTrial, tried: TriedCell): void;
  /** Of the model with this key, as the result of a cell; undefined where it is not at hand. */
  of(trainingKey: string, index: number): CellResult | undefined;
}

export function createHeldResults(): HeldResults {
  const best = new Map<number, TriedCell & { readonly loss: number; readonly trial: number }>();
  return {
    offer(study, { trial: { number: trial }, outcome }, tried) {
      const loss = outcome.folds[0]?.loss;
      if (loss === undefined) return;
      const before = best.get(study);
      // As a study chooses: of equal ones the first.
      const isBetter =
        before === undefined || loss < before.loss || (loss === before.loss && trial < before.trial);
      if (isBetter) best.set(study, { ...tried, loss, trial });
    },
    of(trainingKey, index) {
      const found = [...best.values()].find(({ cell }) => cell.trainingKey === trainingKey);
      return found && { ...found.result, index };
    },
  };
}
