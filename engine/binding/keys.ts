import { isAgent } from '../contract/model-type-names.ts';
import { ALL, BY_SURVIVAL, regimeKey } from '../contract/words.ts';
import { digestOf, sha256 } from '../identity/digest.ts';
import type { Traded } from '../inference/strategy-grid.ts';
import type { DayStart } from '../market/time/day-start.ts';
import { targetOf } from '../targets/catalog.ts';
import { type Basis, viewDigests } from './basis.ts';

/**
 * Digest of what a basis says of training: the candles in view, as-of date and windows, members and seed, and the
 * pipeline's version; where models learn what trades come to, costs, too. Shared by all configurations with this basis that
 * learn with costs, or without.
 */
export function trainingDigest(basis: Basis, configuration: Traded): string {
  const { as_of, windows, candles, higher_timeframes, training, pipeline_version, costs } = basis;
  return digestOf({
    as_of,
    windows,
    candles: candles.digest,
    higher_timeframes: viewDigests(higher_timeframes),
    training,
    pipeline_version,
    ...(learnsCosts(configuration) && { costs }),
  });
}

/** Whether models learn what trades or positions come to after costs. */
export function learnsCosts({ modelType, target }: Traded): boolean {
  return isAgent(modelType) || targetOf(target).exits !== null;
}

/** Identity of a trained model: the same key means the same model file, bit for bit. */
export function trainingKey(configHash: string, digestOfTraining: string): string {
  return sha256(configHash + digestOfTraining);
}

/**
 * Digests of what a basis says of evaluation, by regime that labels a bar of its windows, and of all bars: costs, strategies,
 * that regime's labels, and the pipeline's version; where champions are chosen by what survives, of who says it. Shared by all
 * configurations with this basis.
 */
export function evaluationDigests(basis: Basis): Readonly<Record<string, string>> {
  const { costs, inference_grid, pipeline_version, regime_labels = {}, survival } = basis;
  const digest = (labels: string | null) => digestOf({ costs, inference_grid, pipeline_version, labels });
  const regimes = Object.entries(regime_labels).map(([regime, labels]) => [
    regimeKey(regime),
    digest(labels),
  ]);
  return {
    [ALL]: digest(null),
    ...Object.fromEntries(regimes),
    ...(survival !== undefined && { [BY_SURVIVAL]: digestOf({ survival }) }),
  };
}

/** Identities of a run's figures, by regime and of all bars: the same key means the same figures, bit for bit. */
export function evaluationKeys(
  key: string,
  digests: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(digests).map(([name, digest]) => [name, sha256(key + digest)]));
}

/** Identity of a run: a trained model, and all of its figures. The same key means the same result, bit for bit. */
export function runKey(key: string, digests: Readonly<Record<string, string>>): string {
  let digest = digestsOfAll.get(digests);
  if (digest === undefined) {
    digest = digestOf(digests);
    digestsOfAll.set(digests, digest);
  }
  return sha256(key + digest);
}

/** Thousands of cells share a basis, and what it says of evaluation. */
const digestsOfAll = new WeakMap<object, string>();

/**
 * Identity of what one strategy, alone in a regime or in all (null), did with a model in a test window: costs, strategy, the regime's
 * labels there, when market days begin, and the pipeline's version. The same key means the same figures, bit for bit.
 */
export function foldKey(key: string, basis: Basis, regime: string | null, dayStart: DayStart): string {
  const { costs, inference_grid, pipeline_version, regime_labels = {} } = basis;
  // Of a regime that labels no bar there is nothing to digest.
  const labels = regime === null ? null : (regime_labels[regime] ?? 'no bar');
  return sha256(key + digestOf({ costs, inference_grid, pipeline_version, labels, dayStart }));
}
