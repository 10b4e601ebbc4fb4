import { createFoldBinder, type FoldBinder } from '../binding/folds.ts';
import { windowDays } from '../binding/settings.ts';
import { configHash } from '../cells/config-hash.ts';
import type { Input } from '../contract/api/index.ts';
import type { PlannedValidationDto, ValidationDto, ValidationPreviewDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { FOLD_DEFAULTS } from '../contract/validation.ts';
import { refuseTooLarge } from '../grid/check.ts';
import { createGrid } from '../grid/grid.ts';
import { plural } from '../grid/preview.ts';
import { insertQueue, type NewCell } from '../store/queues.ts';
import { scoredWindows } from '../store/scored-windows.ts';
import {
  findValidation,
  insertValidation,
  knownFolds,
  measuredFolds,
  type ValidationRow,
  validationsOf,
} from '../store/validations.ts';
import { type BoundWork, boundWork } from '../validation/bound-models.ts';
import { procedureRules } from '../validation/bound-procedure.ts';
import { isCounted } from '../validation/counted.ts';
import { criteriaOfConfig } from '../validation/criteria-of-config.ts';
import { planValidation } from '../validation/plan.ts';
import { gridsOfMarkets, planProcedure } from '../validation/plan-procedure.ts';
import { foldTypeOf, subjectHash, type ValidationSpec } from '../validation/spec.ts';
import { modelsOf } from '../validation/subjects.ts';
import { foldSpans, readValidation, titleOf, validationDto } from '../validation/to-dto.ts';
import { verdictOf } from '../validation/verdict.ts';
import { readVerdicts } from '../validation/verdicts.ts';
import type { EditsDeps } from './edits.ts';

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

/** One validation of a job that could be made. */
interface Planned {
  readonly spec: ValidationSpec;
  readonly models: readonly BoundWork[];
  readonly dto: PlannedValidationDto;
}

interface Plan {
  readonly planned: readonly Planned[];
  readonly preview: ValidationPreviewDto;
}

export function createValidationEdits(deps: EditsDeps): ValidationEdits {
  const { store, library, changed, now } = deps;

  function planned(binder: FoldBinder, spec: ValidationSpec): Planned {
    const { candles } = binder.market(spec.configuration);
    const models = boundWork(binder, spec, candles, procedureRules(deps.config()));
    const known = knownFolds(
      store,
      models.flatMap(({ bound }) => [...bound.keys.values()]),
    );
    const { symbol, timeframe } = spec.configuration;
    const scored = scoredWindows(store, symbol, timeframe);
    const keys = new Map(models.flatMap(({ folds }) => folds.map(({ index, key }) => [index, key])));
    const { rules, regime, runId, champion, missing: missingFolds, movedDays } = spec;
    return {
      spec,
      models,
      dto: {
        symbol,
        timeframe,
        title: titleOf(spec),
        regime,
        runId,
        champion,
        testPeriodDays: rules.testPeriodDays,
        trainDays: rules.trainDays,
        expandingWindow: rules.expandingWindow,
        folds: spec.folds.map((fold) => ({
          index: fold.index,
          kind: fold.kind,
          counted: spec.procedure !== undefined || isCounted(fold, scored),
          ...foldSpans(fold),
          known: known.has(keys.get(fold.index)!),
        })),
        missingFolds,
        movedDays,
      },
    };
  }

  function plan(input: Input<'validation.preview'>): Plan {
    const config = deps.config();
    const { subject, scheme, testPeriodDays, minTrainDays, expandingWindow, folds } = input;
    const options = {
      scheme,
      ...(testPeriodDays === undefined ? {} : { testPeriodDays }),
      ...(minTrainDays === undefined ? {} : { minTrainDays }),
      ...(expandingWindow === undefined ? {} : { expandingWindow }),
      ...(folds === undefined ? {} : { folds }),
    };
    const binder = createFoldBinder(library, config);
    const { selectionDays } = windowDays(config);
    const all: Planned[] = [];
    const problems: string[] = [];
    const { members } = config.training;
    const add = (market: string, specOf: () => ValidationSpec) => {
      try {
        all.push(planned(binder, specOf()));
      } catch (error) {
        if (!(error instanceof EngineError) || (error.code !== 'conflict' && error.code !== 'not-found'))
          throw error;
        problems.push(`${market}: ${error.message}`);
      }
    };
    if ('grid' in subject) {
      const whole = createGrid(subject.grid);
      refuseTooLarge(whole);
      for (const grid of gridsOfMarkets(whole)) {
        const { symbols, timeframes } = grid;
        add(`${symbols.join()} ${timeframes.join()}`, () =>
          planProcedure(binder, { grid, options, selectionDays, members }),
        );
      }
      return { planned: all, preview: previewOf(deps, input, all, problems) };
    }
    for (const model of modelsOf(store, subject, minTrainDays ?? FOLD_DEFAULTS[scheme].minTrainDays)) {
      const { symbol, timeframe, daysHistory } = model.configuration;
      add(`${symbol} ${timeframe}`, () =>
        planValidation({
          subject: model,
          options,
          market: binder.market(model.configuration),
          scored: scoredWindows(store, symbol, timeframe),
          own: { daysHistory, selectionDays },
          members,
        }),
      );
    }
    return { planned: all, preview: previewOf(deps, input, all, problems) };
  }

  const dtosOf = (rows: readonly ValidationRow[]) => {
    const verdicts = readVerdicts(store);
    return rows.map((row) =>
      validationDto(
        readValidation(store, row),
        criteriaOfConfig(deps.config().validation, row.scheme, row.symbol),
        verdictOf({ claim: null, tested: verdicts.ofValidation(row), holdout: null }),
      ),
    );
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

function previewOf(
  { store, threads }: EditsDeps,
  { scheme }: Input<'validation.preview'>,
  all: readonly Planned[],
  problems: readonly string[],
): ValidationPreviewDto {
  let toTrain = 0;
  let seconds: number | null = 0;
  let bytes: number | null = 0;
  for (const { spec, models, dto } of all) {
    const isKnown = (index: number) => dto.folds[index]!.known;
    const left = models.filter(({ folds }) => !folds.every(({ index }) => isKnown(index)));
    toTrain += left.length;
    if (left.length === 0) continue;
    const rates = measuredFolds(store, foldTypeOf(spec), spec.configuration.timeframe);
    if (rates === undefined) seconds = bytes = null;
    if (seconds !== null && bytes !== null && rates !== undefined) {
      seconds += (left.length * rates.seconds) / threads();
      bytes += left.reduce((sum, { folds }) => sum + folds.length, 0) * rates.bytes;
    }
  }
  const validations = all.map(({ dto }) => dto);
  return {
    scheme,
    validations,
    toTrain,
    estimate: { seconds, bytes },
    problems,
    notes: [...new Set(validations.flatMap(notesOn))],
  };
}

function notesOn({ symbol, timeframe, folds, missingFolds, movedDays }: PlannedValidationDto): string[] {
  const market = `${symbol} ${timeframe}`;
  const rolling = folds.filter(({ kind }) => kind === 'rolling').length;
  const hollow = folds.filter(({ counted }) => !counted).length;
  const known = folds.filter((fold) => fold.known).length;
  return [
    ...(missingFolds > 0
      ? [
          `${market}: the data is long enough for ${plural(rolling, 'fold')} of the ${rolling + missingFolds} asked for; the newest are kept.`,
        ]
      : []),
    ...(movedDays > 0
      ? [
          `${market}: all folds lie ${plural(movedDays, 'day')} earlier than the data allows, so that none is tested where models were chosen.`,
        ]
      : []),
    ...(hollow > 0
      ? [
          `${market}: ${hollow === folds.length ? 'all' : hollow} of the ${plural(folds.length, 'fold')} are tested where models were chosen before. They are shown, and count for nothing.`,
        ]
      : []),
    ...(known > 0 ? [`${market}: ${plural(known, 'fold')} of ${folds.length} were computed before.`] : []),
  ];
}
