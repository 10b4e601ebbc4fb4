import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { METRICS, type MetricName } from '../backtest/metrics.ts';
import { EngineError } from '../contract/errors.ts';
import { ALL_BARS, type EvaluationTable, metricOf } from '../pipeline/evaluation-table.ts';

/**
 * All strategies' figures of one run as one column blob: Float32, metric by metric, zstd. Selection figures of all
 * bars and of each regime, holdout figures of all bars. For looking at; decisions are made on the full numbers.
 */
export interface StoredResults {
  readonly strategies: number;
  readonly regimeNames: readonly string[];
  /** `segment`: ALL_BARS, or 1 + index of the regime. */
  selection(strategy: number, segment: number, metric: MetricName): number;
  holdout(strategy: number, metric: MetricName): number;
}

const VERSION = 1;

/** Blocks of a blob: selection segments, then the holdout. */
function blocksOf(regimes: number): number {
  return 1 + regimes + 1;
}

export function encodeResults(table: EvaluationTable): Uint8Array {
  const strategies = table.strategies.length;
  const blocks = blocksOf(table.regimeNames.length);
  const header = new TextEncoder().encode(
    JSON.stringify({ version: VERSION, strategies, regimeNames: table.regimeNames }),
  );
  const values = new Float32Array(blocks * METRICS.length * strategies);
  let at = 0;
  for (let block = 0; block < blocks; block++) {
    const isHoldout = block === blocks - 1;
    for (const metric of METRICS) {
      for (let s = 0; s < strategies; s++) {
        values[at++] = isHoldout
          ? metricOf(table, s, 'holdout', ALL_BARS, metric)
          : metricOf(table, s, 'selection', block, metric);
      }
    }
  }
  const body = zstdCompressSync(planes(values));
  const blob = new Uint8Array(4 + header.length + body.length);
  new DataView(blob.buffer).setUint32(0, header.length, true);
  blob.set(header, 4);
  blob.set(body, 4 + header.length);
  return blob;
}

export function decodeResults(blob: Uint8Array): StoredResults {
  const headerLength = new DataView(blob.buffer, blob.byteOffset, blob.byteLength).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(blob.subarray(4, 4 + headerLength))) as {
    version: number;
    strategies: number;
    regimeNames: string[];
  };
  if (header.version > VERSION) {
    throw new EngineError(
      'store-newer',
      `A run's results have version ${header.version}; this Regimen reads up to ${VERSION}. Update Regimen.`,
    );
  }
  const values = unplanes(zstdDecompressSync(blob.subarray(4 + headerLength)));
  const { strategies, regimeNames } = header;
  const at = (block: number, strategy: number, metric: MetricName) =>
    values[(block * METRICS.length + METRICS.indexOf(metric)) * strategies + strategy]!;
  return {
    strategies,
    regimeNames,
    selection: (strategy, segment, metric) => at(segment, strategy, metric),
    holdout: (strategy, metric) => at(blocksOf(regimeNames.length) - 1, strategy, metric),
  };
}

/** The first bytes of all values, then the second ones, …: neighboring figures share sign and exponent, so these compress. */
function planes(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i < values.length; i++) {
    for (let b = 0; b < 4; b++) out[b * values.length + i] = bytes[4 * i + b]!;
  }
  return out;
}

function unplanes(bytes: Uint8Array): Float32Array {
  const values = new Float32Array(bytes.length / 4);
  const out = new Uint8Array(values.buffer);
  for (let i = 0; i < values.length; i++) {
    for (let b = 0; b < 4; b++) out[4 * i + b] = bytes[b * values.length + i]!;
  }
  return values;
}
