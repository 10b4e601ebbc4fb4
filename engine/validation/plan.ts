import type { FoldMarket } from '../binding/folds.ts';
import type { Configuration } from '../contract/configuration.ts';
import { EngineError } from '../contract/errors.ts';
import { timeframeMs } from '../contract/timeframe.ts';
import type { FoldOptions } from '../contract/validation.ts';
import { dayText } from '../market/time/time-text.ts';
import { canSplit } from '../models/members.ts';
import { rowsWithin, settledRows } from '../pipeline/windows.ts';
import type { ScoredWindow } from '../store/scored-windows.ts';
import { isCounted, settledBefore } from './counted.ts';
import { type FoldRules, foldRules, type OwnWindows } from './fold-rules.ts';
import { foldCells } from './fold-windows.ts';
import { type FoldPlan, planFolds } from './folds.ts';
import { leadInBars, type ModelSpec, type ModelSubject, type PlannedFold, updateDays } from './spec.ts';

const DAY_MS = 86_400_000;

/** What a plan is made from. */
export interface PlanInput {
  readonly subject: ModelSubject;
  readonly options: FoldOptions;
  readonly market: FoldMarket;
  /** Selection windows that cells of the market were scored on. */
  readonly scored: readonly ScoredWindow[];
  readonly own: OwnWindows;
  /** Sub-models per model. */
  readonly members: number;
}

/**
 * The folds of a model, with the bars that they have. `quick`, and what the gate asks, moves back as a block until none of its tests
 * overlaps a window that models were chosen on; where the data is too short for that, it stays where it is.
 * @throws EngineError `invalid-input` for options that can't be, `conflict` where not one fold fits
 */
export function planValidation(given: PlanInput): ModelSpec {
  const earliest = given.market.earliest + updateDays(given.subject.updates) * DAY_MS;
  const input = { ...given, market: { ...given.market, earliest } };
  const { subject, options, market, own } = input;
  const rules = foldRules(options, own);
  const { folds, missing, movedDays } = placed(input, rules);
  const leadIn = leadInBars(subject.strategy);
  assertTrainable({ ...input, configuration: subject.configuration, leadIn }, rules, folds);
  const { configuration, strategy, regime, runId, champion, updates } = subject;
  return {
    ...{ configuration, strategy, regime, runId, champion },
    ...{ rules, folds, missing, movedDays, leadInBars: leadIn },
    ...(options.gate === true && { gate: true }),
    ...(updates && { updates }),
  };

  function placed({ scored }: PlanInput, of: FoldRules): Pick<ModelSpec, 'folds' | 'missing' | 'movedDays'> {
    const unmoved = withBars(planFolds(of, market), input);
    if (of.scheme !== 'quick' && options.gate !== true) return { ...unmoved, movedDays: 0 };
    let end = market.end;
    for (let plan = unmoved; ; ) {
      const overlapped = scored.filter((window) => !plan.folds.every((fold) => isCounted(fold, [window])));
      const [first] = overlapped;
      if (first === undefined) return { ...plan, movedDays: Math.round((market.end - end) / DAY_MS) };
      end = settledBefore(market.candles, first.from, subject.configuration.horizon);
      const moved = tryPlan(of, { ...market, end });
      if (moved === undefined) return { ...unmoved, movedDays: 0 };
      plan = withBars(moved, input);
    }
  }
}

function tryPlan(rules: FoldRules, market: FoldMarket): FoldPlan | undefined {
  try {
    return planFolds(rules, market);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'conflict') return undefined;
    throw error;
  }
}

export function withBars(
  { folds, missing }: FoldPlan,
  {
    market: { candles },
    subject,
  }: { readonly market: FoldMarket; readonly subject: Pick<ModelSubject, 'configuration'> },
): { readonly folds: PlannedFold[]; readonly missing: number } {
  const { horizon } = subject.configuration;
  const step = timeframeMs(candles.timeframe);
  return {
    missing,
    folds: folds.map((fold): PlannedFold => {
      const train = rowsWithin(candles, fold.training);
      const test = rowsWithin(candles, fold.test);
      const settled = candles.time[test.to + horizon];
      return {
        ...fold,
        trainBars: train.to - train.from,
        testBars: test.to - test.from,
        settledAt: settled === undefined ? fold.test.to + (1 + horizon) * step : settled + step,
      };
    }),
  };
}

/** @throws EngineError `conflict` for windows that have too few bars on this timeframe */
export function assertTrainable(
  {
    configuration,
    leadIn,
    market: { candles },
    members,
  }: Pick<PlanInput, 'market' | 'members'> & {
    readonly configuration: Configuration;
    /** See `foldCells`. */
    readonly leadIn: number;
  },
  rules: FoldRules,
  folds: readonly PlannedFold[],
): void {
  const { symbol, timeframe, horizon } = configuration;
  const series = `${symbol} ${timeframe}`;
  const trainOption = rules.scheme === 'own' ? 'days_history' : 'min_train_days';
  const short = folds.find(({ testBars }) => testBars < horizon + 2);
  if (short !== undefined) {
    throw new EngineError(
      'conflict',
      `A test window of ${rules.testPeriodDays} days has ${short.testBars} bars of ${series} (${dayText(short.test.from)} to ${dayText(short.test.to)}), and forecasts ${horizon} bars ahead need at least ${horizon + 2}. Use a longer test_period_days, or a shorter timeframe.`,
    );
  }
  for (const { windows } of foldCells(folds, rules, candles, leadIn)) {
    const rows = settledRows(rowsWithin(candles, windows.training), horizon);
    if (canSplit(rows, members, horizon)) continue;
    throw new EngineError(
      'conflict',
      `${rules.trainDays} days of training have ${rows.to - rows.from} bars of ${series} that can be learned from, too few for ${members} sub-models that forecast ${horizon} bars ahead. Use a longer ${trainOption}, or a shorter timeframe.`,
    );
  }
}
