import type { EvaluationPreviewDto, StaleModelsDto } from '../../../engine/contract/dto/index.ts';
import { count } from './format.ts';

/** What is out of date, and what helps. */
export function evaluationText({ kept, deleted, otherModels }: EvaluationPreviewDto): string {
  const lines = [
    ...group(kept, 'kept model', 'to be evaluated again'),
    ...group(deleted, 'deleted model', 'would have to be trained again (--retrain-deleted)'),
  ];
  if (lines.length === 0) lines.push(CURRENT);
  if (otherModels > 0) {
    lines.push(
      `note: ${count(otherModels, 'kept model')} would be trained as ${otherModels === 1 ? 'another' : 'others'} today: the as-of date, candles, training settings or the rules of a newer Regimen changed. Train the grid again for today's.`,
    );
  }
  return lines.join('\n');
}

const CURRENT = "Every model has the figures of today's costs, regimes and rules.";

function group({ count: n, queued, reasons }: StaleModelsDto, noun: string, remedy: string): string[] {
  if (n === 0) return [];
  const taken = queued === 0 ? '' : `; ${queued} of them in the queue already`;
  return [
    `${count(n, noun)} ${remedy}${taken}`,
    ...reasons.map((reason) => `  ${count(reason.count, 'model')}: ${reason.reason}`),
  ];
}

/** Why nothing is done. */
export function nothingText(stale: EvaluationPreviewDto, retrainDeleted: boolean): string {
  const { kept, deleted } = stale;
  const queued = kept.queued + (retrainDeleted ? deleted.queued : 0);
  const head =
    queued > 0
      ? `Nothing more to do: ${count(queued, 'model')} out of date ${queued === 1 ? 'is' : 'are'} in the queue already.`
      : 'Nothing to evaluate again.';
  return `${head}\n${evaluationText(stale)}`;
}
