import { createFoldBinder, type FoldBinder } from '../binding/folds.ts';
import { windowDays } from '../binding/settings.ts';
import { withSplit } from '../config/split.ts';
import type { Input } from '../contract/api/index.ts';
import { counted } from '../contract/counted.ts';
import type { PlannedValidationDto, ValidationPreviewDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { FOLD_DEFAULTS, type ValidationScheme } from '../contract/validation.ts';
import { refuseTooLarge } from '../grid/check.ts';
import { createGrid } from '../grid/grid.ts';
import type { Store } from '../store/database.ts';
import { longestHistory } from '../store/longest-history.ts';
import { scoredWindows } from '../store/scored-windows.ts';
import { measuredFolds, reusableFolds } from '../store/validations.ts';
import { type BoundWork, boundWork } from '../validation/bound-models.ts';
import { isCounted } from '../validation/counted.ts';
import { planValidation } from '../validation/plan.ts';
import { gridsOfMarkets, planProcedure } from '../validation/plan-procedure.ts';
import { assertLearnable, learnedNow, procedureChoice } from '../validation/procedure-choice.ts';
import { foldTypeOf, type ModelSubject, type ValidationSpec } from '../validation/spec.ts';
import { modelsOf } from '../validation/subjects.ts';
import { foldSpans, titleOf } from '../validation/to-dto.ts';
import type { EditsDeps } from './edits.ts';

/** One validation of a job that could be made. */
export interface Planned {
  readonly spec: ValidationSpec;
  readonly models: readonly BoundWork[];
  readonly dto: PlannedValidationDto;
}

export interface Plan {
  readonly planned: readonly Planned[];
  /** Of a sequential job, what follows once it is confirmed. */
  readonly next?: readonly Planned[];
  readonly preview: ValidationPreviewDto;
}

/**
 * Plans jobs of folds; writes nothing.
 * @throws EngineError `invalid-input` for options that can't be, `not-found` for a run or champion that is not there
 */
export function createPlanner(deps: EditsDeps): (input: PlanInput) => Plan {
  const { store, library } = deps;

  function planned(binder: FoldBinder, spec: ValidationSpec): Planned {
    const { candles } = binder.market(spec.configuration);
    const choice = procedureChoice(store, deps.config());
    if (spec.procedure !== undefined && choice.learned !== undefined) {
      assertLearnable(choice.learned(spec), spec.folds);
    }
    const models = boundWork(binder, spec, candles, choice);
    const known = reusableFolds(
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

  function planScheme(input: OneScheme): Plan {
    const config = withSplit(deps.config(), () => longestOf(store, input));
    const { subject, scheme, testPeriodDays, minTrainDays, expandingWindow, folds, gate } = input;
    const options = {
      scheme,
      ...(testPeriodDays === undefined ? {} : { testPeriodDays }),
      ...(minTrainDays === undefined ? {} : { minTrainDays }),
      ...(expandingWindow === undefined ? {} : { expandingWindow }),
      ...(folds === undefined ? {} : { folds }),
      ...(gate && { gate }),
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
      const survival = learnedNow(store, config);
      for (const grid of gridsOfMarkets(whole)) {
        const { symbols, timeframes } = grid;
        add(`${symbols.join()} ${timeframes.join()}`, () =>
          planProcedure(binder, { grid, options, selectionDays, members, survival }),
        );
      }
      return { planned: all, preview: previewOf(deps, input, all, problems) };
    }
    const trainDays = minTrainDays ?? FOLD_DEFAULTS[scheme].minTrainDays;
    for (const model of 'models' in subject ? subject.models : modelsOf(store, subject, trainDays)) {
      const { symbol, timeframe, daysHistory } = model.configuration;
      add(`${symbol} ${timeframe}`, () =>
        planValidation({
          subject: model,
          options,
          market: binder.market(model.configuration),
          scored: scoredWindows(store, symbol, timeframe),
          own: { daysHistory: binder.trainingDays(daysHistory), selectionDays },
          members,
        }),
      );
    }
    return { planned: all, preview: previewOf(deps, input, all, problems) };
  }
  return ({ scheme, ...input }) => {
    if (scheme !== 'sequential') return planScheme({ ...input, scheme });
    const first = planScheme({ ...input, scheme: 'quick' });
    const then = planScheme({ ...input, scheme: 'full' });
    const problems = [...new Set([...first.preview.problems, ...then.preview.problems])];
    return {
      planned: first.planned,
      next: then.planned,
      preview: { ...first.preview, scheme, problems, next: then.preview },
    };
  };
}

/** Models that nothing in the workspace stands for yet can be planned, too. */
export type PlanInput = Omit<Input<'validation.preview'>, 'subject'> & {
  readonly subject: Input<'validation.preview'>['subject'] | { readonly models: readonly ModelSubject[] };
};
type OneScheme = Omit<PlanInput, 'scheme'> & { readonly scheme: ValidationScheme };

function previewOf(
  { store, threads }: EditsDeps,
  { scheme }: OneScheme,
  all: readonly Planned[],
  problems: readonly string[],
): ValidationPreviewDto {
  let toTrain = 0;
  let seconds: number | null = 0;
  let bytes: number | null = 0;
  for (const { spec, models, dto } of all) {
    const isKnown = (index: number) => dto.folds[index]!.known;
    const left = models.filter(({ folds }) => !folds.every(({ index }) => isKnown(index)));
    toTrain += left.length * (spec.procedure?.size ?? 1);
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
    next: null,
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
          `${market}: the data is long enough for ${counted(rolling, 'fold')} of the ${rolling + missingFolds} asked for; the newest are kept.`,
        ]
      : []),
    ...(movedDays > 0
      ? [
          `${market}: all folds lie ${counted(movedDays, 'day')} earlier than the data allows, so that none is tested where models were chosen.`,
        ]
      : []),
    ...(hollow > 0
      ? [
          `${market}: ${hollow === folds.length ? 'all' : hollow} of the ${counted(folds.length, 'fold')} are tested where models were chosen before. They are shown, and count for nothing.`,
        ]
      : []),
    ...(known > 0 ? [`${market}: ${counted(known, 'fold')} of ${folds.length} were computed before.`] : []),
  ];
}

/** What windows are fractions of, where they are split: no model's holdout is tested on. */
function longestOf(store: Store, { subject, scheme, minTrainDays }: OneScheme): number {
  const own = 'grid' in subject ? subject.grid.days_history : [];
  return Math.max(longestHistory(store), ...own) || (minTrainDays ?? FOLD_DEFAULTS[scheme].minTrainDays ?? 1);
}
