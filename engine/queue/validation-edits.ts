import { configHash } from '../cells/config-hash.ts';
import type { Input } from '../contract/api/index.ts';
import type { ValidationDto, ValidationPreviewDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { insertQueue, type NewCell } from '../store/queues.ts';
import { findValidation, insertValidation, type ValidationRow, validationsOf } from '../store/validations.ts';
import { criteriaOfConfig } from '../validation/criteria-of-config.ts';
import { subjectHash, type ValidationSpec } from '../validation/spec.ts';
import { readValidation, validationDto } from '../validation/to-dto.ts';
import { verdictOf } from '../validation/verdict.ts';
import { readVerdicts } from '../validation/verdicts.ts';
import type { EditsDeps } from './edits.ts';
import { createPlanner, type Planned } from './validation-plan.ts';

/** Jobs that validate in folds, and what they found. */
export interface ValidationEdits {
  /** Writes nothing. @throws EngineError `invalid-input` for options that can't be, `not-found` for a run or champion that is not there */
  preview(input: Input<'validation.preview'>): ValidationPreviewDto;
  /** @throws as `preview`; `conflict` where something stands in the way: `details.preview` says how it is */
  create(input: Input<'validation.create'>): {
    readonly queueId: number;
    readonly validations: readonly number[];
    readonly preview: ValidationPreviewDto;
  };
  list(queueId: number | undefined): ValidationDto[];
  /** @throws EngineError `not-found` */
  get(id: number): ValidationDto;
}

export function createValidationEdits(deps: EditsDeps): ValidationEdits {
  const { store, changed, now } = deps;
  const plan = createPlanner(deps);

  const dtosOf = (rows: readonly ValidationRow[]) => {
    const verdicts = readVerdicts(store);
    return rows.map((row) => {
      const read = readValidation(store, row);
      const { procedure, configuration } = read.spec;
      // A procedure's models may have several targets, and it has no figures of their forecasts.
      const target = procedure === undefined ? configuration.target : 'return';
      return validationDto(
        read,
        criteriaOfConfig(deps.config().validation, row.scheme, { symbol: row.symbol, target }),
        verdictOf({ claim: null, tested: verdicts.ofValidation(row), holdout: null }),
      );
    });
  };

  return {
    preview: (input) => plan(input).preview,

    create(input) {
      const { planned: all, preview } = plan(input);
      if (preview.problems.length > 0) {
        const [first] = preview.problems as [string];
        const message =
          preview.problems.length === 1
            ? first
            : `Not all of it can be validated:\n${preview.problems.join('\n')}`;
        throw new EngineError('conflict', message, { validation: preview, remedy: 'import-candles' });
      }
      const validations: number[] = [];
      const queueId = store.transaction(() => {
        const id = insertQueue(store, { ...queueOf(input, all), createdAt: now() }, all.flatMap(cellsOf));
        validations.push(...insertValidations(store, id, all, now()));
        return id;
      });
      changed(queueId);
      return { queueId, validations, preview };
    },

    list: (queueId) => dtosOf(validationsOf(store, queueId)),

    get(id) {
      const row = findValidation(store, id);
      if (row !== undefined) return dtosOf([row])[0]!;
      throw new EngineError('not-found', `There is no validation ${id} in this workspace.`);
    },
  };
}

/** What a job's specification has: enough to make its validations again where only that came back. */
export interface WalkForwardSpec {
  readonly symbols: readonly string[];
  readonly timeframes: readonly string[];
  readonly validations: readonly ValidationSpec[];
}

function queueOf(input: Input<'validation.create'>, all: readonly Planned[]) {
  const specs = all.map(({ spec }) => spec);
  const symbols = [...new Set(specs.map(({ configuration }) => configuration.symbol))];
  const timeframes = [...new Set(specs.map(({ configuration }) => configuration.timeframe))];
  const types = [...new Set(specs.map(typeText))];
  const what = types.length <= 3 ? types.join(', ') : `${types.length} models`;
  const where = symbols.length <= 3 ? symbols.join(' ') : `${symbols.length} symbols`;
  return {
    name: input.name ?? `${SCHEME_TITLE[input.scheme]} of ${what} on ${where}, ${timeframes.join(' ')}`,
    kind: 'walk_forward' as const,
    enqueued: input.enqueue,
    spec: { symbols, timeframes, validations: specs } satisfies WalkForwardSpec,
  };
}

/** In the name of a job. */
function typeText({ configuration, procedure }: ValidationSpec): string {
  return procedure === undefined ? configuration.modelType : (procedure.grid.name ?? 'a grid');
}

const SCHEME_TITLE = { quick: 'Quick validation', full: 'Full validation', own: 'Validation' } as const;

function cellsOf({ spec, models }: Planned): NewCell[] {
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

/** In the transaction of the job; cells are numbered through all of its validations. */
export function insertValidations(
  store: EditsDeps['store'],
  queueId: number,
  all: readonly Pick<Planned, 'spec' | 'models'>[],
  now: number,
): number[] {
  let cells = 0;
  return all.map(({ spec, models }, position) => {
    const { configuration, rules, regime } = spec;
    const first = cells;
    cells += models.length;
    return insertValidation(
      store,
      {
        queue_id: queueId,
        position,
        scheme: rules.scheme,
        symbol: configuration.symbol,
        timeframe: configuration.timeframe,
        config_hash: subjectHash(spec),
        regime,
        spec: JSON.stringify(spec),
        created_at: now,
      },
      models.flatMap(({ folds }, i) => folds.map(({ index, key }) => ({ index, cell: first + i, key }))),
    );
  });
}
