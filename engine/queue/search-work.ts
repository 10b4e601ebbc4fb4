import type { ResolvedCell, Resolver } from '../binding/resolver.ts';
import type { Cell } from '../cells/cell-source.ts';
import type { CellResult } from '../pipeline/job.ts';
import type { PlannedTrial } from '../search/study.ts';
import { countTogether } from '../store/luck.ts';
import { cellsOf, finishCell, type QueueRow, setCellConfiguration } from '../store/queues.ts';
import { insertTrial, trialsOf, wholeTrial } from '../store/trials.ts';
import type { Training } from '../workers/training.ts';
import { createCellTrials } from './cell-trials.ts';
import { countLuckOf, tableOfResult } from './commit.ts';
import { assertOwned } from './door.ts';
import { createLiveStudy, type EndedTrial, type LiveStudy, trialRow } from './live-study.ts';
import { NO_RUN } from './no-run.ts';
import {
  type CellPlaces,
  cellPlaces,
  placeConfiguration,
  placesOf,
  type StoredSearch,
  storedSearch,
  trialConfiguration,
  trialsOfStudy,
} from './search-spec.ts';
import { type DueCell, skipTrained } from './skip-trained.ts';
import { startTrainingWork } from './training-work.ts';
import { trialLine } from './trial-line.ts';
import { createHeldResults, startTrial, type TriedCell } from './trial-training.ts';
import {
  type Course,
  commitDepsOf,
  createPassProgress,
  type Pass,
  type PassProgress,
  type WorkDeps,
} from './work.ts';

/** What of a search is left to do. */
export interface DueSearch {
  readonly pending: readonly Pick<DueCell, 'index'>[];
  /** Where the best trials will compete, with what their studies leave alone. */
  readonly competing: readonly DueCell[];
}

export function dueSearch(queue: QueueRow, due: readonly Cell[], resolver: Resolver): DueSearch {
  const stored = storedSearch(queue);
  const places = cellPlaces(stored);
  const bests = new Set(stored.studies.map((_, study) => places.best(study)));
  const competing = due
    .filter(({ index }) => bests.has(index))
    .map(({ index, configuration, asOf }) => ({ index, cell: resolver.resolve(configuration, asOf) }));
  return { pending: due, competing };
}

/** Tries what the studies plan, then trains the best trial of each, LONG and SHORT together, as a grid would have. */
export function startSearch(
  deps: WorkDeps,
  queue: QueueRow,
  { pending }: DueSearch,
  resolver: Resolver,
  course: Course,
): Pass {
  const stored = storedSearch(queue);
  const places = cellPlaces(stored);
  const indices = pending.map(({ index }) => index);
  const progress = createPassProgress(deps, queue, indices, course);
  const open = new Set(indices);
  const asOf = new Map(cellsOf(deps.store, queue.id).map(({ cell_index, as_of }) => [cell_index, as_of]));
  let stopped = false;
  let training: Pick<Training, 'stop'> | undefined;
  const trials = startTrials({ deps, queue, stored, places, resolver, course, progress, open, asOf });

  async function run(): Promise<void> {
    await trials.done;
    if (stopped) return;
    const { studies, heldOf } = trials;
    const due = bestCells({ deps, queue, stored, places, resolver, open, asOf, studies });
    const left = skipTrained(deps, queue, due);
    const held = left.flatMap(({ index, cell }) => heldOf(index, cell) ?? []);
    const pass = startTrainingWork(deps, queue, left, course, held);
    training = pass;
    await pass.done;
  }
  return {
    stop() {
      stopped = true;
      trials.stop();
      training?.stop();
    },
    present: progress.present,
    done: run(),
  };
}

interface Working {
  readonly deps: WorkDeps;
  readonly queue: QueueRow;
  readonly stored: StoredSearch;
  readonly places: CellPlaces;
  readonly resolver: Resolver;
  /** Cells that are not done; those of a job that came back from a checkpoint may be done without a trial. */
  readonly open: Set<number>;
  readonly asOf: ReadonlyMap<number, number | null>;
}

interface Trials {
  readonly studies: readonly LiveStudy[];
  /** What a best trial came to, as its cell's result, where it is still at hand: it is not trained a second time. */
  heldOf(index: number, cell: ResolvedCell): CellResult | undefined;
  stop(): void;
  readonly done: Promise<void>;
}

/** Runs as many trials at a time as there are threads, and as each study allows. */
function startTrials(
  working: Working & { readonly course: Course; readonly progress: PassProgress },
): Trials {
  const { deps, queue, stored, places, resolver, course, progress, open, asOf } = working;
  const { store } = deps;
  const { rules } = stored;
  const rows = trialsOf(store, queue.id);
  const cells = stored.studies.map(({ configuration }, number) =>
    resolver.resolve(configuration, asOf.get(places.best(number)) ?? null),
  );
  const commitDeps = commitDepsOf(deps);
  const wholes = stored.studies.map((spec, number) =>
    rules.objective === 'sharpe'
      ? createCellTrials(deps, { spec, resolver, asOf: asOf.get(places.best(number)) ?? null })
      : undefined,
  );
  const held = createHeldResults();
  const studies = stored.studies.map((spec, number) =>
    createLiveStudy({
      number,
      spec,
      rules,
      cell: cells[number]!,
      stored: new Map(rows.filter(({ study }) => study === number).map((row) => [row.trial, row])),
      known: (key) => wholeTrial(store, key),
      cells: wholes[number],
      settle: (ended) => commit(number, ended),
    }),
  );
  const running = new Map<number, Training>();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let stopped = false;
  let failure: { readonly error: unknown } | undefined;

  /** `tried`: the whole cell that the trial was, if it was one: a try for luck. */
  function commit(number: number, ended: EndedTrial, tried?: TriedCell): void {
    const index = places.trial(number, ended.trial.number);
    const status = ended.outcome.state === 'failed' ? 'failed' : 'completed';
    // One that was tried without coming to a value is none that failed.
    const error = status === 'failed' ? ended.error : null;
    store.transaction(() => {
      assertOwned(store, queue);
      insertTrial(store, trialRow(queue.id, number, ended, deps.now()));
      if (tried !== undefined) {
        const { cell, result } = tried;
        countTogether(store, () => countLuckOf(store, cell, tableOfResult(commitDeps, cell, result)));
      }
      if (open.has(index)) finishCell(store, queue.id, index, status, null, error ?? undefined);
    });
    deps.onStep?.('committed');
    if (!open.delete(index)) return;
    const configuration = trialConfiguration(stored.studies[number]!, ended.trial.parameters);
    progress.committed(
      index,
      { configuration },
      { ...NO_RUN, run: `${queue.id}`, status, error },
      { lines: [trialLine(stored, number, studies[number]?.study.best(), ended)] },
    );
  }

  /** Where the slot's thread is shown. */
  function freeSlot(): number {
    for (let slot = 0; ; slot++) if (!running.has(slot)) return slot;
  }

  function begin(live: LiveStudy, trial: PlannedTrial): void {
    const slot = freeSlot();
    const index = places.trial(live.number, trial.number);
    let ended: EndedTrial | undefined;
    const one = startTrial({
      live,
      trial,
      index,
      cell: cells[live.number]!,
      whole: wholes[live.number],
      trainer: deps.trainer,
      contextSpec: course.contextSpec,
      secondsPerModel: deps.config.queue.max_minutes_per_model * 60,
      onThread: (job) => progress.onThread(slot, job),
      settle(end, tried) {
        ended = end;
        commit(live.number, end, tried);
        if (tried !== undefined) held.offer(live.number, end, tried);
      },
    });
    running.set(slot, one);
    one.done
      .then(() => {
        if (ended !== undefined) live.ended(ended);
      })
      .catch((error: unknown) => {
        failure ??= { error };
        stop();
      })
      .finally(() => {
        running.delete(slot);
        advance();
      });
  }

  function nextOf(): [LiveStudy, PlannedTrial] | undefined {
    for (const live of studies) {
      const trial = live.next();
      if (trial !== undefined) return [live, trial];
    }
    return undefined;
  }

  function advance(): void {
    try {
      while (!stopped && running.size < deps.trainer.threads) {
        const next = nextOf();
        if (next === undefined) break;
        begin(...next);
      }
    } catch (error) {
      failure ??= { error };
      stop();
    }
    if (running.size > 0) return;
    if (failure !== undefined) reject(failure.error);
    else resolve();
  }

  function stop(): void {
    stopped = true;
    for (const training of running.values()) training.stop();
  }
  advance();
  return {
    studies,
    heldOf: (index, { trainingKey }) => held.of(trainingKey, index),
    stop,
    done: promise,
  };
}

/**
 * Cells of the best trials. Trials that a study did not come to are left out, as is the best of a place with a study without a whole trial.
 */
function bestCells({
  deps: { store },
  queue,
  stored,
  places,
  resolver,
  open,
  asOf,
  studies,
}: Working & { readonly studies: readonly LiveStudy[] }): DueCell[] {
  return store.transaction(() => {
    assertOwned(store, queue);
    for (const { number } of studies) {
      for (let trial = 0; trial < trialsOfStudy(stored.studies[number]!, stored.rules); trial++) {
        const index = places.trial(number, trial);
        if (open.delete(index)) finishCell(store, queue.id, index, 'skipped', null);
      }
    }
    return placesOf(stored).flatMap((of): DueCell[] => {
      const index = places.best(of[0]!);
      if (!open.has(index)) return [];
      const best = of.flatMap((number) => {
        const trial = studies[number]!.study.best();
        return trial === undefined ? [] : [{ spec: stored.studies[number]!, parameters: trial.parameters }];
      });
      if (best.length < of.length) {
        finishCell(store, queue.id, index, 'skipped', null);
        return [];
      }
      const configuration = placeConfiguration(best);
      const cell = resolver.resolve(configuration, asOf.get(index) ?? null);
      setCellConfiguration(store, queue.id, index, cell);
      return [{ index, cell }];
    });
  });
}
