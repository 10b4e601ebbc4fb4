import type { Config } from '../config/schema.ts';
import { EngineError } from '../contract/errors.ts';

/** @throws EngineError `conflict` where champions would be chosen by what nobody says of a run while it is trained */
export function assertScored({ evaluation }: Pick<Config, 'evaluation'>): void {
  if (evaluation.score !== 'survival') return;
  throw new EngineError(
    'conflict',
    'evaluation.score is survival, which chooses in the folds of a validated grid (`regimen validate own --grid GRID.yaml`). Champions of what is trained now are chosen by another score: set it to sharpe, sortino, calmar, profit_factor, total_return or composite.',
  );
}
