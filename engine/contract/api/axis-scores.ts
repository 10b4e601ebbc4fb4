import { z } from 'zod';
import type { AxisScoresDto } from '../dto/index.ts';
import { RUN_FIGURE_KEYS, type RunFigureKey } from '../run-figures.ts';
import { idField } from './fields.ts';
import { historyFilter } from './results.ts';

/** What runs are scored by, beside the objective of a search. */
export const AXIS_SCORES = ['sharpe', 'rankIc', ...RUN_FIGURE_KEYS] as const;
export type AxisScore = (typeof AXIS_SCORES)[number];

/** All others are better the higher they are. */
export const LOW_SCORES: ReadonlySet<AxisScore> = new Set<RunFigureKey>([
  'sharpeError',
  'maxDrawdown',
  'averageLoss',
  'longestLosingStreak',
]);

const axis = z.string().max(100).optional();

export const axisScoreInputs = {
  /** Scores by symbol, horizon, hyper-parameter and every other axis that tells runs, or trials of a search, apart. */
  'axes.scores': z.strictObject({
    ...historyFilter,
    jobId: idField.optional().describe('only what this job trained; of a search its trials'),
    score: z
      .enum(AXIS_SCORES)
      .default('sharpe')
      .describe(
        `what runs are scored by; trials of a search by its objective, whatever this is: ${AXIS_SCORES.join(', ')}`,
      ),
    x: axis.describe('axis of the map, across; the one that explains most without it'),
    y: axis.describe('axis of the map, down; the one that explains most beside it'),
  }),
} as const;

export interface AxisScoreResults {
  'axes.scores': AxisScoresDto;
}
