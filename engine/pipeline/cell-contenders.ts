import { EngineError } from '../contract/errors.ts';
import { neighborsOf } from '../inference/neighbors.ts';
import type { CellContender, ChosenStrategy, ContenderRules } from './contender-figure-names.ts';
import { contenderFigures } from './contender-figures.ts';
import { type BatchContext, testedRegime } from './context.ts';
import type { EvaluatedModel } from './evaluated-model.ts';
import type { EvaluationTable } from './evaluation-table.ts';

/** Says which of a table's strategies contend, at most one in a regime. */
export type ChooseContenders = (table: EvaluationTable, rules: ContenderRules) => readonly ChosenStrategy[];

/**
 * What is known of chosen strategies of a model when the selection window closes.
 *
 * @param table of the model, with at least the strategies one step away; absent: they are followed for it
 */
export function cellContenders(
  context: BatchContext,
  model: EvaluatedModel,
  chosen: readonly ChosenStrategy[],
  table?: EvaluationTable,
): CellContender[] {
  const { evaluator, strategies, spec } = context;
  return chosen.map(({ regime, strategyIndex }) => {
    const segment = 1 + testedRegime(context, regime);
    const strategy = strategies[strategyIndex];
    const trace =
      strategy &&
      evaluator.evaluateOne(model, strategy, segment).find(({ window }) => window === 'selection');
    if (strategy === undefined || trace === undefined) {
      throw new EngineError(
        'internal',
        `Expected strategy ${strategyIndex} on a selection window, found none.`,
      );
    }
    const beside =
      table ??
      evaluator.evaluateStrategies(
        model,
        neighborsOf(strategy, spec.settings.strategies).map((one) => one.strategy),
      );
    const figures = contenderFigures(context, beside, {
      strategy,
      segment,
      trace,
      familyWiseP: Number.NaN,
    });
    return { regime, strategyIndex, figures };
  });
}
