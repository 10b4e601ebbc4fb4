import { digestOf, sha256 } from '../identity/digest.ts';
import { type Basis, viewDigests } from './basis.ts';

/**
 * Digest of what a basis says of training: the candles in view, as-of date and windows, members and seed, and the
 * pipeline's version. Shared by all configurations with this basis.
 */
export function trainingDigest(basis: Basis): string {
  const { as_of, windows, candles, higher_timeframes, training, pipeline_version } = basis;
  return digestOf({
    as_of,
    windows,
    candles: candles.digest,
    higher_timeframes: viewDigests(higher_timeframes),
    training,
    pipeline_version,
  });
}

/** Digest of what a basis says of evaluation alone: costs, strategies and regime rules. */
export function evaluationDigest({ costs, inference_grid, regimes }: Basis): string {
  return digestOf({ costs, inference_grid, regimes });
}

/** Identity of a trained model: the same key means the same members, bit for bit. */
export function trainingKey(configHash: string, digestOfTraining: string): string {
  return sha256(configHash + digestOfTraining);
}

/** Identity of a run: a trained model, and what it was evaluated under. The same key means the same result, bit for bit. */
export function runKey(key: string, digestOfEvaluation: string): string {
  return sha256(key + digestOfEvaluation);
}
