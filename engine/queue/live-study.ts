import type { ResolvedCell } from '../binding/resolver.ts';
import { configHash } from '../cells/config-hash.ts';
import type { ErrorDto } from '../contract/errors.ts';
import type { FoldObjective } from '../contract/search.ts';
import { storedJson } from '../contract/stored-json.ts';
import { digestOf } from '../identity/digest.ts';
import type { CellJob, CellResult, FoldLoss, TrialFold, TrialJob } from '../pipeline/job.ts';
import { shuffledFolds, trialFolds } from '../search/folds.ts';
import { isHopeless, meanLoss } from '../search/pruner.ts';
import type { Parameters } from '../search/space.ts';
import { createStudy, type PlannedTrial, type Study, type TrialOutcome } from '../search/study.ts';
import type { TrialRow } from '../store/trials.ts';
import {
  type SearchRules,
  type StudySpec,
  studyOptions,
  studySeed,
  trialConfiguration,
} from './search-spec.ts';

/** A trial that has ended, as far as it does not depend on the job. */
export interface EndedTrial {
  readonly trial: PlannedTrial;
  readonly key: string;
  readonly outcome: TrialOutcome;
  readonly error: ErrorDto | null;
  readonly seconds: number;
}

/**
 * Trials that are whole cells, each judged by its best strategy over all bars of the selection window. What has been computed before,
 * by a grid or by another search, and counts as tried there already, is not computed again.
 */
export interface CellTrials {
  /** What a trial trains, bound to what the workspace has. @throws EngineError as `Resolver.resolve` */
  cellOf(parameters: Parameters): ResolvedCell;
  /** Names the figures that a trial is judged by. */
  key(trial: PlannedTrial): string;
  /** What is known of a trial without training it, be it that it can't be trained. */
  known(trial: PlannedTrial): EndedTrial | undefined;
  job(trial: PlannedTrial, index: number): CellJob;
  ended(trial: PlannedTrial, result: CellResult): EndedTrial;
}

export interface LiveStudyOptions {
  /** Position in the search. */
  readonly number: number;
  readonly spec: StudySpec;
  readonly rules: SearchRules;
  /** Its configuration, bound to what the workspace has. */
  readonly cell: ResolvedCell;
  /** Trials of it that are stored, by their number. */
  readonly stored: ReadonlyMap<number, TrialRow>;
  /** A whole trial with this key, of any search. */
  readonly known: (key: string) => TrialRow | undefined;
  /** Where trials are whole cells. */
  readonly cells?: CellTrials | undefined;
  /** Makes permanent what ends without being trained: repeated, or known. */
  readonly settle: (ended: EndedTrial) => void;
}

/** A study that is worked on: what it gives is trained, all else is settled as it goes. */
export interface LiveStudy {
  readonly number: number;
  readonly study: Study;
  readonly firstTest: number;
  readonly key: (trial: PlannedTrial) => string;
  /** The next trial to train; undefined where there is none, or none yet. */
  next(): PlannedTrial | undefined;
  /** Of trials that are tried in folds. */
  job(trial: PlannedTrial, index: number): TrialJob;
  /** A trial that was trained has ended, and is permanent. */
  ended(ended: EndedTrial): void;
}

export function createLiveStudy(options: LiveStudyOptions): LiveStudy {
  const { number, spec, rules, cell, stored, known, cells, settle } = options;
  const study = createStudy(studyOptions(spec, rules, number));
  const folds = trialFolds(cell.windows.training, rules.folds);
  const order = shuffledFolds(folds, studySeed(rules, number));
  const outcomes = new Map<number, EndedTrial>();
  /** Repeats of trials that have not ended yet. */
  const waiting: PlannedTrial[] = [];

  const key = (trial: PlannedTrial) =>
    cells?.key(trial) ??
    digestOf([
      'trial',
      configHash(trialConfiguration(spec, trial.parameters)),
      cell.trainingKey,
      rules.objective,
      rules.folds,
      ...(spec.side === undefined ? [] : [spec.side]),
    ]);

  function tell(ended: EndedTrial): void {
    const { trial, outcome } = ended;
    outcomes.set(trial.number, ended);
    study.tell(trial.number, outcome);
    for (let i = waiting.length - 1; i >= 0; i--) {
      if (waiting[i]!.sameAs !== trial.number) continue;
      const [repeat] = waiting.splice(i, 1);
      settled(repeated(repeat!, ended));
    }
  }

  function settled(ended: EndedTrial): void {
    settle(ended);
    tell(ended);
  }

  function next(): PlannedTrial | undefined {
    for (let trial = study.next(); trial !== undefined; trial = study.next()) {
      const row = stored.get(trial.number);
      const ended = row === undefined ? withoutTraining(trial) : fromRow(trial, row);
      if (ended === undefined) return trial;
      if (ended === 'waits') waiting.push(trial);
      else if (row === undefined) settled(ended);
      else tell(ended);
    }
    return undefined;
  }

  function withoutTraining(trial: PlannedTrial): EndedTrial | 'waits' | undefined {
    if (trial.sameAs !== null) {
      const earlier = outcomes.get(trial.sameAs);
      return earlier === undefined ? 'waits' : repeated(trial, earlier);
    }
    if (cells !== undefined) return cells.known(trial);
    const row = known(key(trial));
    return row === undefined ? undefined : { ...asIfTried(trial, row, order), key: key(trial), seconds: 0 };
  }

  return {
    number,
    study,
    firstTest: folds[0]?.test.from ?? cell.windows.training.to,
    key,
    next,
    job(trial, index) {
      const configuration = trialConfiguration(spec, trial.parameters);
      return {
        index,
        configuration,
        training: cell.windows.training,
        configHash: configHash(configuration),
        trainingKey: key(trial),
        objective: rules.objective as FoldObjective,
        side: spec.side,
        folds: order,
        reference: trial.reference,
      };
    },
    ended: tell,
  };
}

function repeated(trial: PlannedTrial, earlier: EndedTrial): EndedTrial {
  return { ...earlier, trial, seconds: 0 };
}

function fromRow(trial: PlannedTrial, row: TrialRow): EndedTrial {
  const error = row.error === null ? null : storedJson<ErrorDto>(row.error, 'the error of a trial');
  const folds = lossesOf(row);
  return { trial, key: row.key, outcome: { state: row.state, folds }, error, seconds: row.seconds };
}

/** Losses as they are stored, with the folds that they are of. */
interface StoredFold extends FoldLoss {
  readonly fold: number;
}

export function lossesOf({ folds }: TrialRow): StoredFold[] {
  return storedJson<StoredFold[]>(folds, 'the folds of a trial');
}

/** A trial that another search has tried on all folds ends where it would have ended here. */
function asIfTried(
  trial: PlannedTrial,
  row: TrialRow,
  order: readonly TrialFold[],
): Pick<EndedTrial, 'trial' | 'outcome' | 'error'> {
  const byFold = new Map(lossesOf(row).map((loss) => [loss.fold, loss]));
  const folds: StoredFold[] = [];
  for (const { number } of order) {
    folds.push(byFold.get(number)!);
    if (folds.length < order.length && isHopeless(trial.reference, folds)) {
      return { trial, outcome: { state: 'pruned', folds }, error: null };
    }
  }
  return { trial, outcome: { state: 'completed', folds }, error: null };
}

/** What is stored of a trial that has ended. */
export function trialRow(
  queueId: number,
  study: number,
  { trial, key, outcome, error, seconds }: EndedTrial,
  endedAt: number,
): TrialRow {
  const { number, parameters, sameAs } = trial;
  return {
    queue_id: queueId,
    study,
    trial: number,
    key,
    state: outcome.state,
    parameters: JSON.stringify(parameters),
    folds: JSON.stringify(outcome.folds),
    loss: outcome.folds.length === 0 ? null : meanLoss(outcome.folds),
    same_as: sameAs,
    error: error === null ? null : JSON.stringify(error),
    seconds,
    ended_at: endedAt,
  };
}

/** Losses that a worker gives, with the folds that they are of. */
export function withFolds(losses: readonly FoldLoss[], order: readonly TrialFold[]): StoredFold[] {
  return losses.map((loss, i) => ({ fold: order[i]!.number, ...loss }));
}
