import type { CostModel } from '../backtest/costs.ts';
import type { Config } from '../config/schema.ts';
import { digestOf, sha256 } from '../identity/digest.ts';

/**
 * What a run was trained on and under, apart from its configuration; each part a value or a digest. With the
 * configuration's hash it makes the run key, and part by part it tells what changed since.
 */
export interface Basis {
  /** Digest of the symbol's candles on the configuration's timeframe. */
  readonly candles: string;
  /** Digests of the higher timeframes its indicators use, by timeframe. */
  readonly higher_timeframes: Readonly<Record<string, string>>;
  readonly windows: { readonly holdout_days: number; readonly selection_days: number };
  readonly costs: CostModel;
  readonly inference_grid: Config['inference_grid'];
  readonly regimes: string;
  readonly training: { readonly members: number; readonly seed: number };
  readonly pipeline_version: number;
}

const CHANGE_TEXT: Readonly<Record<keyof Basis, string>> = {
  candles: 'its candles',
  higher_timeframes: 'the candles of its higher timeframes',
  windows: 'the holdout or selection window',
  costs: 'the trading costs',
  inference_grid: 'the inference grid',
  regimes: 'the regime rules',
  training: 'training.members or training.seed',
  pipeline_version: "Regimen's pipeline",
};

export function basisDigest(basis: Basis): string {
  return digestOf(basis);
}

/** Identity of a run (DESIGN: `run_key`): the same key means the same result, bit for bit. */
export function runKey(configHash: string, digestOfBasis: string): string {
  return sha256(configHash + digestOfBasis);
}

/** What differs between two bases, in words: `its candles and the trading costs changed since`. */
export function describeChange(before: Partial<Basis>, now: Basis): string {
  const parts = (Object.keys(CHANGE_TEXT) as (keyof Basis)[])
    .filter((part) => before[part] === undefined || digestOf(before[part]) !== digestOf(now[part]))
    .map((part) => CHANGE_TEXT[part]);
  const list = parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  return `${list} changed since`;
}
