import type { LaneExits } from '../backtest/lane-exits.ts';
import { EngineError } from '../contract/errors.ts';
import type { ContenderOutcome } from '../pipeline/contender-figure-names.ts';
import { contenderFigures, outcomeOf } from '../pipeline/contender-figures.ts';
import type { BatchContext } from '../pipeline/context.ts';
import { fitMembers } from '../pipeline/fit-members.ts';
import type { CellJob } from '../pipeline/job.ts';
import { LuckMeter, shapeIn } from '../pipeline/luck.ts';
import { POLICY_HORIZON } from '../pipeline/policy.ts';
import { evaluatedModel } from '../pipeline/target-model.ts';
import { type EligibilityRules, examineRegimes, SCORES } from '../selection/candidates.ts';
import { regimeResults } from '../selection/regime-results.ts';

/** One configuration of a procedure, trained in one of its folds. */
export interface ContenderJob extends CellJob {
  readonly rules: EligibilityRules;
  /** Name of the evaluated window that the champions trade. */
  readonly test: string;
}

/** A configuration's best strategy in one regime on the fold's own selection window, and how it goes on. */
export interface Contender {
  readonly regime: string;
  readonly strategyIndex: number;
  /** On the selection window. */
  readonly score: number;
  readonly trades: number;
  readonly horizon: number;
  readonly target: string;
  /** Per bar of the test window: 1, 0, -1; 0 on the bars of other regimes. */
  readonly signal: Int8Array;
  /** CONTENDER_FIGURES on the selection window; the family-wise p is not known before all configurations are tried. */
  readonly figures: Float64Array;
  /** S, by which it is held against what luck makes of all that was tried. */
  readonly luckScore: number;
  /** What it does in the test window. */
  readonly outcome: ContenderOutcome;
  /** Of an agent, where its positions are left; see `StrategyTrace`. */
  readonly exits?: LaneExits;
}

/** What one configuration came to. */
export interface TriedConfiguration {
  readonly contenders: readonly Contender[];
  /** By regime, M_b of its strategies for each coin; absent where none was tried. */
  readonly maxima: ReadonlyMap<string, Float64Array>;
}

/**
 * Trains a configuration in a fold, and says which of its strategies would compete for each regime, judged by the selection
 * window alone. What they do in the test window is told, but decides nothing. Pure: the same context and job give the same bytes.
 * @throws EngineError `training-failed` when the configuration can't be trained
 */
export function runContenders(context: BatchContext, job: ContenderJob): TriedConfiguration {
  const { horizon, target } = job.configuration;
  const { evaluator, strategies } = context;
  const { fitted, scales, calibrations } = fitMembers(context, job);
  const members = fitted.map(({ member }) => member);
  const model = evaluatedModel(context, job.configuration, { members, scales, calibrations });
  const meter = luckMeter(context, job.rules.min_trades_per_regime);
  meter.begin(strategies.length);
  const table = evaluator.evaluateStrategies(model, strategies, meter);
  const luck = meter.take();
  const { metric } = SCORES[job.rules.score];
  const contenders = examineRegimes(regimeResults(table, metric), table.regimeNames, job.rules)
    .filter(({ ineligible }) => ineligible === null)
    .map(({ regime, strategyIndex, score, trades }): Contender => {
      const segment = 1 + table.regimeNames.indexOf(regime);
      const strategy = strategies[strategyIndex]!;
      const traces = evaluator.evaluateOne(model, strategy, segment);
      const traceOf = (name: string) => {
        const found = traces.find(({ window }) => window === name);
        if (found !== undefined) return found;
        throw new EngineError('internal', `Expected a window ${name}, found none.`);
      };
      const trace = traceOf('selection');
      const tested = traceOf(job.test);
      return {
        regime,
        strategyIndex,
        score,
        trades,
        target,
        signal: tested.signal,
        ...(tested.exits === undefined ? { horizon } : { horizon: POLICY_HORIZON, exits: tested.exits }),
        figures: contenderFigures(context, table, { strategy, segment, trace, familyWiseP: Number.NaN }),
        luckScore: shapeIn(luck, strategyIndex, segment, 'score'),
        outcome: outcomeOf(tested.trades),
      };
    });
  const maxima = table.regimeNames.flatMap((regime, r): [string, Float64Array][] => {
    const scope = luck.scopes[1 + r]!;
    return scope.count === 0 ? [] : [[regime, scope.maxima]];
  });
  return { contenders, maxima: new Map(maxima) };
}

/** One of each context: its coins are tossed once. */
const METERS = new WeakMap<BatchContext, LuckMeter>();

function luckMeter(context: BatchContext, minTrades: number): LuckMeter {
  const known = METERS.get(context);
  if (known !== undefined) return known;
  const selection = context.windows.findIndex(({ name }) => name === 'selection');
  const made = new LuckMeter(context.candles.symbol, context.evaluated, selection, minTrades);
  METERS.set(context, made);
  return made;
}
