import { z } from 'zod';
import type { EvaluationPreviewDto } from '../dto/index.ts';

const enqueue = z.boolean().default(false).describe('let it begin by itself when its turn comes');

export const evaluationInputs = {
  /** Which models are not of today's costs, regimes and rules; writes nothing. */
  'evaluation.preview': z.strictObject({}),
  /** A job that evaluates again the kept ones. */
  'evaluation.create': z.strictObject({ enqueue }),
  /** A job that trains again exactly the configurations whose models were deleted. */
  'evaluation.retrain': z.strictObject({ enqueue }),
} as const;

interface NewJob {
  readonly queueId: number;
  /** As it was before. */
  readonly preview: EvaluationPreviewDto;
}

export interface EvaluationResults {
  'evaluation.preview': EvaluationPreviewDto;
  'evaluation.create': NewJob;
  'evaluation.retrain': NewJob;
}
