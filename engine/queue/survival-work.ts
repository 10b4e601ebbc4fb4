import type { Cell } from '../cells/cell-source.ts';
import type { Configuration } from '../contract/configuration.ts';
import { EngineError, type ErrorDto, toErrorDto } from '../contract/errors.ts';
import { decimalText } from '../contract/number-text.ts';
import { storedJson } from '../contract/stored-json.ts';
import { SURVIVAL_TITLES } from '../contract/survival.ts';
import { fileStamp } from '../files/file-stamp.ts';
import { digestOf } from '../identity/digest.ts';
import { tpeSampler } from '../search/sampler.ts';
import { createStudy, type PlannedTrial, type Study } from '../search/study.ts';
import type { Store } from '../store/database.ts';
import { finishCell, type QueueRow } from '../store/queues.ts';
import { insertSurvivalJournal, insertSurvivalModel, survivalVersions } from '../store/survival.ts';
import type { StoredSurvivalFigures, StoredSurvivalOptions } from '../store/survival-figures.ts';
import { insertTrial, type TrialRow, trialsOf } from '../store/trials.ts';
import type { TrainedSurvival } from '../survival/train.ts';
import { SURVIVAL_TYPES, type Tuned } from '../survival/types.ts';
import { closedFolds, readSources } from '../validation/survival-rows.ts';
import type { Analysis } from '../workers/analysis.ts';
import { assertOwned } from './door.ts';
import { NO_RUN } from './no-run.ts';
import { type StoredSurvival, storedSurvival } from './survival-spec.ts';
import { type Course, createPassProgress, type Pass, type WorkDeps } from './work.ts';

export type SurvivalTrainer = Pick<Analysis, 'surveySurvival' | 'trySurvival' | 'trainSurvival'>;

export interface DueSurvival {
  readonly pending: readonly Pick<Cell, 'index' | 'configuration'>[];
}

/**
 * Tries hyper-parameters one after the other, each trial permanent once it ended, then judges the best on the test rows and keeps the
 * model of all rows. Killed and resumed it comes to the same bytes: trials are a function of their number and of those before.
 */
export function startSurvival(
  deps: WorkDeps,
  trainer: SurvivalTrainer,
  queue: QueueRow,
  { pending }: DueSurvival,
  course: Course,
): Pass {
  const { store } = deps;
  const stored = storedSurvival(queue);
  const { options } = stored;
  const indices = pending.map(({ index }) => index);
  const open = new Set(indices);
  const configuration = pending[0]?.configuration;
  const progress = createPassProgress(deps, queue, indices, course);
  let stopped = false;

  const { minCompositeScore } = options;
  const reading = readSources(store, closedFolds(store, { lastFold: stored.lastFold }));
  const study = studyOf(stored);
  const known = new Map(trialsOf(store, queue.id).map((row) => [row.trial, row]));

  function settle(index: number, error: ErrorDto | null, line: string, write: () => void): void {
    const status = error === null ? 'completed' : 'failed';
    store.transaction(() => {
      assertOwned(store, queue);
      write();
      if (open.has(index)) finishCell(store, queue.id, index, status, null, error ?? undefined);
    });
    deps.onStep?.('committed');
    if (!open.delete(index)) return;
    const outcome = { ...NO_RUN, run: `${queue.id}`, status, error } as const;
    progress.committed(index, { configuration: configuration as Configuration }, outcome, {
      lines: error === null ? [line] : [],
    });
  }

  async function runTrial(trial: PlannedTrial): Promise<TrialRow> {
    const began = deps.now();
    const same = trial.sameAs === null ? undefined : known.get(trial.sameAs);
    let auc: number | null = null;
    let error: ErrorDto | null = null;
    if (same !== undefined) {
      auc = same.loss === null ? null : -same.loss;
      error = same.error === null ? null : storedJson<ErrorDto>(same.error, 'the error of a trial');
    } else {
      try {
        const fit = fitOf(stored, trial.parameters as Tuned);
        auc = await trainer.trySurvival({ sources: await reading, minCompositeScore, fit });
      } catch (thrown) {
        if (!(thrown instanceof EngineError) || thrown.code !== 'training-failed') throw thrown;
        error = toErrorDto(thrown);
      }
    }
    const row: TrialRow = {
      queue_id: queue.id,
      study: 0,
      trial: trial.number,
      key: digestOf([
        'survival',
        options.modelType,
        options.minCompositeScore,
        stored.lastFold,
        trial.parameters,
      ]),
      state: error === null ? 'completed' : 'failed',
      parameters: JSON.stringify(trial.parameters),
      folds: JSON.stringify(auc === null ? [] : [{ loss: -auc, parts: [] }]),
      loss: auc === null ? null : -auc,
      same_as: trial.sameAs,
      error: error === null ? null : JSON.stringify(error),
      seconds: (deps.now() - began) / 1000,
      ended_at: deps.now(),
    };
    const line = lineOf(stored, trial, auc, study);
    settle(trial.number, error, line, () => insertTrial(store, row));
    known.set(trial.number, row);
    return row;
  }

  async function run(): Promise<void> {
    for (let trial = study.next(); trial !== undefined && !stopped; trial = study.next()) {
      const { state, loss } = known.get(trial.number) ?? (await runTrial(trial));
      study.tell(trial.number, {
        state: state === 'failed' ? 'failed' : 'completed',
        folds: loss === null ? [] : [{ loss, parts: [] }],
      });
    }
    if (stopped) return;
    store.transaction(() => {
      assertOwned(store, queue);
      for (const index of open) {
        if (index >= options.trials || known.has(index)) continue;
        finishCell(store, queue.id, index, 'skipped', null);
        open.delete(index);
      }
    });
    if (open.has(options.trials)) await finish();
  }

  async function finish(): Promise<void> {
    const best = study.best();
    try {
      if (best === undefined) {
        throw new EngineError(
          'training-failed',
          `No trial of "${queue.name}" came to its end: there is nothing to train.`,
        );
      }
      const tuned = best.parameters as Tuned;
      const task = { sources: await reading, minCompositeScore };
      const { rows, good, folds } = await trainer.surveySurvival(task);
      const trained = await trainer.trainSurvival({ ...task, fit: fitOf(stored, tuned) });
      const { rocAuc, errors } = trained.judgement.classes;
      const line = `Model of what survives trained on ${good} rows: ROC AUC ${text(rocAuc)} ± ${text(errors.rocAuc)} on ${trained.parts.test} test rows`;
      settle(options.trials, null, line, () =>
        keep(store, deps.now(), {
          queue,
          stored,
          tuned,
          trained,
          figures: {
            trials: study.planned.length,
            validationAuc: stored.parent === null ? -best.loss : null,
            weak: rows - good,
            folds,
          },
        }),
      );
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'training-failed') throw error;
      settle(options.trials, toErrorDto(error), '', () => undefined);
    }
    deps.emit({ type: 'workspace.changed', what: 'survival' });
  }

  return {
    stop() {
      stopped = true;
    },
    present: progress.present,
    done: run(),
  };
}

interface Kept {
  readonly queue: QueueRow;
  readonly stored: StoredSurvival;
  readonly tuned: Tuned;
  readonly trained: TrainedSurvival;
  readonly figures: Omit<StoredSurvivalFigures, 'parts' | 'judgement' | 'baseRate' | 'breakEven'>;
}

/** In a transaction: its row, and its line in the journal. */
function keep(store: Store, now: number, { queue, stored, tuned, trained, figures }: Kept): void {
  const { options, lastFold, parent } = stored;
  const taken = new Set(survivalVersions(store));
  let at = now;
  while (taken.has(fileStamp(at))) at += 1000;
  const version = fileStamp(at);
  const { model, ...judged } = trained;
  insertSurvivalModel(store, {
    version,
    queue_id: queue.id,
    parent,
    model_type: options.modelType,
    options: JSON.stringify({ options, tuned } satisfies StoredSurvivalOptions),
    figures: JSON.stringify({ ...judged, ...figures } satisfies StoredSurvivalFigures),
    last_fold: lastFold,
    known_until: trained.parts.testTo,
    model,
    created_at: at,
  });
  insertSurvivalJournal(store, {
    at,
    action: 'registered',
    from_version: parent,
    to_version: version,
    by: `job ${queue.id}`,
    reason: null,
    skipped: '[]',
    gate: null,
  });
}

function studyOf({ options, first }: StoredSurvival): Study {
  const { trials, patience, seed, modelType } = options;
  return createStudy({
    space: SURVIVAL_TYPES[modelType].space,
    sampler: tpeSampler(),
    pruner: 'none',
    seed,
    trials,
    patience,
    workers: 1,
    first,
  });
}

const fitOf = ({ options: { modelType, seed } }: StoredSurvival, tuned: Tuned) => ({
  modelType,
  tuned,
  seed,
});

const text = (value: number | null) => (value === null ? '–' : decimalText(value, 3));

function lineOf({ options }: StoredSurvival, trial: PlannedTrial, auc: number | null, study: Study): string {
  const best = study.best();
  const before = best === undefined ? '' : ` (best before: ${text(-best.loss)}, trial ${best.number + 1})`;
  const same = trial.sameAs === null ? '' : `, as trial ${trial.sameAs + 1}`;
  return `Trial ${trial.number + 1}/${options.trials}, ${SURVIVAL_TITLES[options.modelType]} of what survives: validation AUC ${text(auc)}${same}${before}`;
}
