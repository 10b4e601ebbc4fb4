import { configHash } from '../cells/config-hash.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { StrategyDto } from '../contract/dto/index.ts';
import type { ScoreMetric } from '../contract/words.ts';
import { digestOf } from '../identity/digest.ts';
import { ROBUSTNESS_VERSION } from '../pipeline/robustness.ts';
import { PIPELINE_VERSION } from '../pipeline/version.ts';
import { type Basis, viewDigests } from './basis.ts';
import { trainingDigest, trainingKey } from './keys.ts';

export interface ScoredChampion {
  readonly configuration: Configuration;
  /** What its model was trained on, and what its figures rest on. */
  readonly trained: Basis;
  readonly scored: Basis;
  readonly regime: string;
  readonly strategy: StrategyDto;
}

/**
 * Identity of what is found of a champion: the same key means the same figures, bit for bit. Undefined where they can't be computed,
 * since rules of another pipeline played a part.
 */
export function robustnessKey(champion: ScoredChampion, score: ScoreMetric): string | undefined {
  const { configuration, trained, scored, regime, strategy } = champion;
  if (trained.pipeline_version !== PIPELINE_VERSION || scored.pipeline_version !== PIPELINE_VERSION)
    return undefined;
  const { windows, candles, higher_timeframes, costs, inference_grid, regimes, regime_labels } = scored;
  const { predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow } = strategy;
  return digestOf({
    model: trainingKey(configHash(configuration), trainingDigest(trained, configuration)),
    start: windows.start,
    evaluated: windows.evaluated,
    candles: candles.digest,
    higher_timeframes: viewDigests(higher_timeframes),
    costs,
    inference_grid,
    labels: regime_labels?.[regime] ?? regimes,
    regime,
    strategy: { predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow },
    score,
    version: [PIPELINE_VERSION, ROBUSTNESS_VERSION],
  });
}

/** What random entries are drawn from: 48 bits. */
export function robustnessSeed(key: string): number {
  return Number.parseInt(key.slice(0, 12), 16);
}
