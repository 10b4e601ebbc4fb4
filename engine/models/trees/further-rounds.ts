import type { ModelTask, TreesUpdating } from '../model.ts';
import { type BoostingPlan, boostFurther } from './boosting.ts';
import type { TreeEnsemble } from './ensemble.ts';

/**
 * How boosting goes on: the trees that there are have as much less say as the share of the rows that is new, and of the rounds that a fit has
 * half that share more are grown on what is left to explain. With more of them, or with all the say that the others had, what
 * trees learn by heart adds up (docs/decisions/updates.md has the figures).
 */
export function boostingUpdating<P>(
  planOf: (hyperparameters: P, task?: ModelTask) => BoostingPlan,
): Omit<TreesUpdating<P, TreeEnsemble>, 'kind'> {
  return {
    update(before, data, p, share) {
      const plan = planOf(p, data.task);
      return boostFurther(data, plan, { before, rounds: furtherRounds(plan, share), weight: 1 - share });
    },
    trees: (p, share) => ({ added: furtherRounds(planOf(p), share), dropped: 0 }),
  };
}

function furtherRounds({ rounds }: BoostingPlan, share: number): number {
  return shareOfTrees(rounds, share / 2);
}

/** At least one tree. */
export function shareOfTrees(trees: number, share: number): number {
  return Math.max(1, Math.min(trees, Math.ceil(trees * share)));
}
