import type { Input } from '../contract/api/index.ts';
import type { QueueDto, ValidationDto, ValidationPreviewDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { modelTitle } from '../contract/model-type-names.ts';
import { insertQueue, requireQueue } from '../store/queues.ts';
import { findValidation, type ValidationRow, validationsOf } from '../store/validations.ts';
import { criteriaOfValidation } from '../validation/criteria-of-config.ts';
import type { ValidationSpec } from '../validation/spec.ts';
import { readValidation, validationDto } from '../validation/to-dto.ts';
import { verdictOf } from '../validation/verdict.ts';
import { readVerdicts } from '../validation/verdicts.ts';
import type { EditsDeps } from './edits.ts';
import { goOn, stay } from './sequential.ts';
import { createPlanner, type Plan, type PlanInput } from './validation-plan.ts';
import { cellsOfModels, insertValidations, type WalkForwardSpec } from './validation-rows.ts';

/** Jobs that validate in folds, and what they found. */
export interface ValidationEdits {
  /** Writes nothing. @throws EngineError `invalid-input` for options that can't be, `not-found` for a run or champion that is not there */
  preview(input: PlanInput): ValidationPreviewDto;
  /** @throws as `preview`; `conflict` where something stands in the way: `details.preview` says how it is */
  create(input: Input<'validation.create'>): {
    readonly queueId: number;
    readonly validations: readonly number[];
    readonly preview: ValidationPreviewDto;
  };
  /**
   * The answer to a job that waits for one: it goes on with full when its turn comes, or is completed with quick.
   * @throws EngineError `conflict` for a job that asks nothing, `not-found`
   */
  confirm(queueId: number, goesOn: boolean): QueueDto;
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
      return validationDto(
        read,
        criteriaOfValidation(deps.config().validation, read),
        verdictOf({ claim: null, tested: verdicts.ofValidation(row), holdout: null }),
      );
    });
  };

  return {
    preview: (input) => plan(input).preview,

    create(input) {
      const planned = plan(input);
      const { planned: all, preview } = planned;
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
        const id = insertQueue(
          store,
          { ...queueOf(input, planned), createdAt: now() },
          all.flatMap(cellsOfModels),
        );
        validations.push(...insertValidations(store, id, all, now()));
        return id;
      });
      changed(queueId);
      return { queueId, validations, preview };
    },

    confirm(queueId, goesOn) {
      requireQueue(store, queueId);
      store.transaction(() => {
        if (goesOn) goOn({ ...deps, config: deps.config() }, queueId);
        else stay(deps, queueId);
      });
      return changed(queueId);
    },

    list: (queueId) => dtosOf(validationsOf(store, queueId)),

    get(id) {
      const row = findValidation(store, id);
      if (row !== undefined) return dtosOf([row])[0]!;
      throw new EngineError('not-found', `There is no validation ${id} in this workspace.`);
    },
  };
}

function queueOf(input: Input<'validation.create'>, { planned, next }: Plan) {
  const specs = planned.map(({ spec }) => spec);
  const symbols = [...new Set(specs.map(({ configuration }) => configuration.symbol))];
  const timeframes = [...new Set(specs.map(({ configuration }) => configuration.timeframe))];
  const types = [...new Set(specs.map(typeText))];
  const what = types.length <= 3 ? types.join(', ') : `${types.length} models`;
  const where = symbols.length <= 3 ? symbols.join(' ') : `${symbols.length} symbols`;
  return {
    name: input.name ?? `${SCHEME_TITLE[input.scheme]} of ${what} on ${where}, ${timeframes.join(' ')}`,
    kind: 'walk_forward' as const,
    enqueued: input.enqueue,
    spec: {
      symbols,
      timeframes,
      validations: specs,
      ...(next === undefined
        ? {}
        : { next: { validations: next.map(({ spec }) => spec), goesOn: input.yes } }),
    } satisfies WalkForwardSpec,
  };
}

/** In the name of a job. */
function typeText({ configuration, procedure }: ValidationSpec): string {
  return procedure === undefined ? modelTitle(configuration.modelType) : (procedure.grid.name ?? 'a grid');
}

const SCHEME_TITLE = {
  quick: 'Quick validation',
  full: 'Full validation',
  own: 'Validation',
  sequential: 'Sequential validation',
} as const;
