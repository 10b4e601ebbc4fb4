import { createFoldBinder } from '../binding/folds.ts';
import type { Config } from '../config/schema.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import { appendCells, type QueueRow, updateQueue } from '../store/queues.ts';
import { validationsOf } from '../store/validations.ts';
import { boundWork } from '../validation/bound-models.ts';
import { criteriaOfValidation } from '../validation/criteria-of-config.ts';
import { procedureChoice } from '../validation/procedure-choice.ts';
import { readValidation, validationDto } from '../validation/to-dto.ts';
import { changeState } from './door.ts';
import { cellsOfModels, insertValidations, type WalkForwardSpec } from './validation-rows.ts';

export interface SequentialDeps {
  readonly store: Store;
  readonly library: CandleLibrary;
  readonly config: Config;
  /** A window or server, in which a job that was answered goes on by itself. */
  readonly isHost: boolean;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** What a job of folds has still to ask, once all of its cells are done. */
export interface Question {
  /** How many validations miss a criterion, of how many. */
  readonly missed: number;
  readonly of: number;
  /** Whoever made the job said to go on where all are met. */
  readonly isAnswered: boolean;
  readonly text: string;
}

/**
 * The question whether to go on with full, of a job whose folds of quick are all there; undefined where it has none to ask.
 * @throws EngineError `artifact-damaged` where what is stored of it can't be read
 */
export function questionOf(
  { store, config }: Pick<SequentialDeps, 'store' | 'config'>,
  queue: QueueRow,
): Question | undefined {
  if (queue.kind !== 'walk_forward') return undefined;
  const { next } = specOf(queue);
  if (next === undefined) return undefined;
  const rows = validationsOf(store, queue.id);
  const missed = rows.filter((row) => {
    const read = readValidation(store, row);
    return validationDto(read, criteriaOfValidation(config.validation, read), null).met !== true;
  });
  const isAnswered = next.goesOn && missed.length === 0;
  return {
    missed: missed.length,
    of: rows.length,
    isAnswered,
    text: questionText(missed.length, rows.length),
  };
}

function questionText(missed: number, of: number): string {
  if (missed === 0) return `All criteria of quick are met. Confirm to go on with full.`;
  const what =
    of === 1 ? 'Criteria of quick are missed' : `${missed} of ${of} quick validations miss a criterion`;
  return `${what}: full is begun only if you confirm it all the same.`;
}

/**
 * Gives a job its folds of full behind those of quick, and has it wait for its turn. In a transaction.
 * @throws EngineError `conflict` where it has no question open
 */
export function goOn(deps: SequentialDeps, queueId: number): void {
  const { store, now } = deps;
  const queue = changeState(store, queueId, { trigger: 'confirm', message: null, now: now() });
  appendNext(deps, queue);
  if (deps.isHost) updateQueue(store, queueId, { enqueued: 1 });
}

/** The answer No: quick is what it came to. In a transaction. @throws as `goOn` */
export function stay({ store, now }: Pick<SequentialDeps, 'store' | 'now'>, queueId: number): void {
  const queue = changeState(store, queueId, { trigger: 'decline', message: null, now: now() });
  const { next: _, ...spec } = specOf(queue);
  updateQueue(store, queueId, { spec: JSON.stringify(spec) });
}

function appendNext({ store, library, config, now }: SequentialDeps, queue: QueueRow): void {
  const { next, ...spec } = specOf(queue);
  if (next === undefined) return;
  const binder = createFoldBinder(library, config);
  const choice = procedureChoice(store, config);
  const added = next.validations.map((of) => ({
    spec: of,
    models: boundWork(binder, of, binder.market(of.configuration).candles, choice),
  }));
  const validations = [...spec.validations, ...next.validations];
  appendCells(
    store,
    queue.id,
    { ...spec, validations } satisfies WalkForwardSpec,
    added.flatMap(cellsOfModels),
  );
  const from = { position: spec.validations.length, cell: queue.total };
  insertValidations(store, queue.id, added, now(), from);
}

function specOf(queue: QueueRow): WalkForwardSpec {
  return storedJson<WalkForwardSpec>(queue.spec, `what job ${queue.id} validates`);
}
