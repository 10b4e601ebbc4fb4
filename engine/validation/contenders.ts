import { EngineError } from '../contract/errors.ts';
import type { BatchContext } from '../pipeline/context.ts';
import { fitMembers } from '../pipeline/fit-members.ts';
import type { CellJob } from '../pipeline/job.ts';
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
}

/**
 * Trains a configuration in a fold, and says which of its strategies would compete for each regime, judged by the selection
 * window alone. What they do in the test window is told, but decides nothing. Pure: the same context and job give the same bytes.
 * @throws EngineError `training-failed` when the configuration can't be trained
 */
export function runContenders(context: BatchContext, job: ContenderJob): Contender[] {
  const { horizon, target } = job.configuration;
  const { evaluator, strategies } = context;
  const { fitted, scales, calibrations } = fitMembers(context, job);
  const members = fitted.map(({ member }) => member);
  const model = evaluatedModel(context, job.configuration, { members, scales, calibrations });
  const table = evaluator.evaluateStrategies(model, strategies);
  const { metric } = SCORES[job.rules.score];
  return examineRegimes(regimeResults(table, metric), table.regimeNames, job.rules)
    .filter(({ ineligible }) => ineligible === null)
    .map(({ regime, strategyIndex, score, trades }): Contender => {
      const segment = 1 + table.regimeNames.indexOf(regime);
      const traces = evaluator.evaluateOne(model, strategies[strategyIndex]!, segment);
      const tested = traces.find(({ window }) => window === job.test);
      if (tested === undefined)
        throw new EngineError('internal', `Expected a window ${job.test}, found none.`);
      return { regime, strategyIndex, score, trades, horizon, target, signal: tested.signal };
    });
}
