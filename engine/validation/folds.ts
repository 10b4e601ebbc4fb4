import { EngineError } from '../contract/errors.ts';
import type { FoldKind } from '../contract/validation.ts';
import { dayText } from '../market/time/time-text.ts';
import type { TimeRange } from '../pipeline/windows.ts';
import type { FoldRules } from './fold-rules.ts';

const DAY_MS = 86_400_000;

/** Borders of `full` and `own` lie whole test periods from here, so that a fold stays the same as bars arrive. */
const FIRST_BORDER = Date.UTC(2001, 0, 1);

/** A model's training window and one window that it is tested on, ms UTC. */
export interface Fold {
  /** From 0, in the order of the list: rolling ones by time, then aging ones. */
  readonly index: number;
  readonly kind: FoldKind;
  /** Position, in the list, of the fold whose model this is: itself, but for aging. */
  readonly model: number;
  /** Ends where selection or lead-in and then the test begin. */
  readonly training: TimeRange;
  /** Begins at the fold's as-of date. */
  readonly test: TimeRange;
}

/** What there is of a market. */
export interface FoldData {
  /** Opening of the first bar that can train: indicators are warm by then. Infinity where there is none. */
  readonly earliest: number;
  /** Where all folds end: the begin of the holdout. */
  readonly end: number;
}

export interface FoldPlan {
  readonly folds: readonly Fold[];
  /** Rolling folds that were asked for and that the data is too short for. */
  readonly missing: number;
}

/**
 * The folds of a scheme over a market's history. `quick` counts back from the end in whole test periods, `full` and `own` take
 * every test period from Monday 2001-01-01 00:00 UTC on that lies whole before the end and has enough data before it.
 * @throws EngineError `conflict` where not one fold fits: it says how many days there are and what would fit
 */
export function planFolds(rules: FoldRules, data: FoldData): FoldPlan {
  const test = rules.testPeriodDays * DAY_MS;
  const before = (rules.trainDays + rules.selectionDays) * DAY_MS;
  const firstTest = data.earliest + before;
  const lastTest =
    rules.scheme === 'quick'
      ? data.end - test
      : FIRST_BORDER + (Math.floor((data.end - FIRST_BORDER) / test) - 1) * test;
  const fitting = Math.max(0, Math.floor((lastTest - firstTest) / test) + 1);
  if (fitting === 0) throw tooShort(rules, data, lastTest + test);
  const wanted = rules.folds ?? fitting;
  const count = Math.min(wanted, fitting);

  const first = lastTest - (count - 1) * test;
  const growsFrom = rules.scheme === 'quick' ? first - before : data.earliest;
  const rolling = Array.from({ length: count }, (_, index): Fold => {
    const from = first + index * test;
    const to = from - rules.selectionDays * DAY_MS;
    return {
      index,
      kind: 'rolling',
      model: index,
      training: { from: rules.expandingWindow ? growsFrom : to - rules.trainDays * DAY_MS, to },
      test: { from, to: from + test },
    };
  });
  return { folds: rules.scheme === 'quick' ? withAging(rolling) : rolling, missing: wanted - count };
}

/** The first model once more, on the test windows of the later ones: what it loses with age. */
function withAging(rolling: readonly Fold[]): Fold[] {
  const [first] = rolling as [Fold];
  const aging = rolling.slice(1).map(
    ({ test }, i): Fold => ({
      index: rolling.length + i,
      kind: 'aging',
      model: first.index,
      training: first.training,
      test,
    }),
  );
  return [...rolling, ...aging];
}

function tooShort(rules: FoldRules, { earliest, end }: FoldData, lastEnd: number): EngineError {
  const { scheme, testPeriodDays, trainDays, selectionDays } = rules;
  const days = Math.max(0, Math.floor((end - earliest) / DAY_MS));
  const needed = trainDays + selectionDays + testPeriodDays;
  if (!Number.isFinite(earliest)) {
    return new EngineError(
      'conflict',
      `One fold of "${scheme}" needs ${needed} days of candles behind those that warm the indicators up; there are not even enough for that. Import more of this market.`,
      { remedy: 'import-candles' },
    );
  }
  const unused = Math.max(0, Math.round((end - lastEnd) / DAY_MS));
  const parts = [
    `${trainDays} days of training`,
    ...(selectionDays > 0 ? [`${selectionDays} of selection`] : []),
    `${testPeriodDays} of test`,
  ].join(', ');
  const border =
    scheme === 'quick' || unused === 0
      ? ''
      : ` (test windows begin every ${testPeriodDays} days from 2001-01-01, and the last ${unused} days before the holdout are no whole one)`;
  const room = days - selectionDays;
  const option = scheme === 'own' ? 'days_history' : 'min_train_days';
  // A third of what there is for the test leaves two for training, whatever the borders are.
  const fittingTest = Math.min(testPeriodDays, Math.floor(room / 4));
  const fittingTrain = Math.min(trainDays, room - 2 * fittingTest);
  const advice =
    fittingTest >= 1 && fittingTrain >= 1
      ? `${option} ${fittingTrain} with test_period_days ${fittingTest} would fit; or import candles from before ${dayText(earliest)}.`
      : `Import candles from before ${dayText(earliest)}.`;
  return new EngineError(
    'conflict',
    `One fold of "${scheme}" needs ${needed} days (${parts}); there are ${days}, from ${dayText(earliest)}, where the indicators are warm, to ${dayText(end)}, where the holdout begins${border}. ${advice}`,
    { remedy: 'import-candles' },
  );
}
