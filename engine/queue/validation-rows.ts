import { configHash } from '../cells/config-hash.ts';
import type { Store } from '../store/database.ts';
import type { NewCell } from '../store/queues.ts';
import { insertValidation } from '../store/validations.ts';
import type { BoundWork } from '../validation/bound-models.ts';
import { subjectHash, type ValidationSpec } from '../validation/spec.ts';

/** A validation that a job is to compute. */
export interface NewValidation {
  readonly spec: ValidationSpec;
  readonly models: readonly BoundWork[];
}

/** What a job's specification has: enough to make its validations again where only that came back. */
export interface WalkForwardSpec {
  readonly symbols: readonly string[];
  readonly timeframes: readonly string[];
  readonly validations: readonly ValidationSpec[];
  /** What follows once it is confirmed; `goesOn`: without a question, where all criteria are met. */
  readonly next?: { readonly validations: readonly ValidationSpec[]; readonly goesOn: boolean };
}

/** One a model. */
export function cellsOfModels({ spec, models }: NewValidation): NewCell[] {
  const { configuration } = spec;
  const hash = configHash(configuration);
  return models.map(({ bound }) => ({
    configuration,
    asOf: bound.asOf,
    configHash: hash,
    runKey: [...bound.keys.values()][0]!,
    state: 'pending',
    runId: null,
  }));
}

/**
 * In the transaction of the job; cells are numbered through all of its validations. `from`: what it has already.
 */
export function insertValidations(
  store: Store,
  queueId: number,
  all: readonly NewValidation[],
  now: number,
  from: { readonly position: number; readonly cell: number } = { position: 0, cell: 0 },
): number[] {
  let cells = from.cell;
  return all.map(({ spec, models }, i) => {
    const { configuration, rules, regime } = spec;
    const first = cells;
    cells += models.length;
    return insertValidation(
      store,
      {
        queue_id: queueId,
        position: from.position + i,
        scheme: rules.scheme,
        symbol: configuration.symbol,
        timeframe: configuration.timeframe,
        config_hash: subjectHash(spec),
        regime,
        spec: JSON.stringify(spec),
        created_at: now,
      },
      models.flatMap(({ folds }, m) => folds.map(({ index, key }) => ({ index, cell: first + m, key }))),
    );
  });
}
