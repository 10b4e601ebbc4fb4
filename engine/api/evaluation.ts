import type { Handlers } from '../contract/api/index.ts';
import type { EvaluationEdits } from '../queue/evaluation-edits.ts';

type EvaluationMethod = Extract<keyof Handlers, `evaluation.${string}`>;

export function evaluationHandlers(edits: EvaluationEdits): Pick<Handlers, EvaluationMethod> {
  return {
    'evaluation.preview': () => edits.preview(),
    'evaluation.create': ({ enqueue }) => edits.evaluate(enqueue),
    'evaluation.retrain': ({ enqueue }) => edits.retrain(enqueue),
  };
}
