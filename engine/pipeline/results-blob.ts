import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { METRIC_INDEX, METRICS, type MetricName } from '../backtest/metrics.ts';
import { EngineError } from '../contract/errors.ts';
import { EVALUATION_WINDOWS, type EvaluationWindow } from './evaluation-span.ts';
import type { EvaluationTable } from './evaluation-table.ts';

/**
 * All strategies' figures of one run as one column blob: Float32, metric by metric, zstd; of all bars and alone in each
 * regime, on both windows. For looking at; decisions are made on the full numbers.
 *
 * Version 1, of the first release, has no list of metrics but a fixed one, figures of a regime that were split from one
 * simulation of all, of the holdout those of all bars only, and 0 or Infinity where a figure is not defined.
 */
export interface StoredResults {
  readonly strategies: number;
  readonly regimeNames: readonly string[];
  /** Where figures are left, of a table that was shrunk; undefined: everywhere. */
  readonly places?: readonly ResultPlace[] | undefined;
  /** `segment`: ALL_BARS, or 1 + index of the regime. NaN where a figure is not defined, or not stored. */
  read(strategy: number, window: EvaluationWindow, segment: number, metric: MetricName): number;
}

/** A strategy over all bars or alone in a regime; `segment` as in `StoredResults`. */
export interface ResultPlace {
  readonly strategy: number;
  readonly segment: number;
}

const VERSION = 2;
/** Of a table that was shrunk to some places, at first: [place][window][metric] in place of all strategies. */
const FIRST_SHRUNK_VERSION = 3;
/** The same as [metric][window][place], header and figures compressed together: nothing is before them but a 0 for the header's length. */
const SHRUNK_VERSION = 4;
/** What a shrunk table has at most, bytes. */
export const SHRUNK_BYTES = 2000;

/** What stays of the table: stake figures and parts of scores are kept of the best strategies and champions only. */
export const STORED_METRICS = [
  'sharpe',
  'sharpeError',
  'sortino',
  'maxDrawdown',
  'calmar',
  'winRate',
  'profitFactor',
  'expectancy',
  'totalReturn',
  'trades',
  'exposure',
  'longestLosingStreak',
  'composite',
] as const satisfies readonly MetricName[];

/** Where they stand in a row of the table. */
const COLUMNS = STORED_METRICS.map((metric) => METRIC_INDEX[metric]);

/** Which a shrunk table has, so that none of them says it again. */
const METRICS_OF_VERSION_4 = [
  'sharpe',
  'sharpeError',
  'sortino',
  'maxDrawdown',
  'calmar',
  'winRate',
  'profitFactor',
  'expectancy',
  'totalReturn',
  'trades',
  'exposure',
  'longestLosingStreak',
  'composite',
] as const satisfies readonly MetricName[];

const METRICS_OF_VERSION_1: readonly string[] = [
  'sharpe',
  'sortino',
  'maxDrawdown',
  'calmar',
  'winRate',
  'profitFactor',
  'expectancy',
  'totalReturn',
  'trades',
  'exposure',
] satisfies readonly MetricName[];

interface Header {
  readonly version: number;
  readonly strategies: number;
  readonly regimeNames: readonly string[];
  /** Of versions 2 and 3. */
  readonly metrics?: readonly string[];
  /** Since version 3: strategy and segment of each place. */
  readonly places?: readonly (readonly [strategy: number, segment: number])[];
}

/**
 * The table as it is kept.
 * @throws EngineError `internal` for one of some strategies that was not encoded when it had all
 */
export function encodeResults(table: EvaluationTable): Uint8Array<ArrayBuffer> {
  if (table.encoded !== undefined) return table.encoded;
  if (table.of !== undefined)
    throw new EngineError('internal', 'Expected the figures of all strategies, found those of some.');
  const strategies = table.strategies.length;
  const segments = 1 + table.regimeNames.length;
  const header = new TextEncoder().encode(
    JSON.stringify({
      version: VERSION,
      strategies,
      regimeNames: table.regimeNames,
      metrics: STORED_METRICS,
    } satisfies Header),
  );
  const { values: from, windows } = table;
  const values = new Float32Array(EVALUATION_WINDOWS.length * segments * COLUMNS.length * strategies);
  // From one strategy to the next.
  const step = windows.length * segments * METRICS.length;
  let at = 0;
  for (const window of EVALUATION_WINDOWS) {
    for (let segment = 0; segment < segments; segment++) {
      const row = (windows.indexOf(window) * segments + segment) * METRICS.length;
      for (const column of COLUMNS) {
        for (let s = 0; s < strategies; s++) values[at++] = from[s * step + row + column]!;
      }
    }
  }
  return written(header, values);
}

function written(header: Uint8Array, values: Float32Array): Uint8Array<ArrayBuffer> {
  const body = zstdCompressSync(planes(values));
  const blob = new Uint8Array(4 + header.length + body.length);
  new DataView(blob.buffer).setUint32(0, header.length, true);
  blob.set(header, 4);
  blob.set(body, 4 + header.length);
  return blob;
}

const LENGTH_BYTES = 4;

function writtenTogether(header: Uint8Array, values: Float32Array): Uint8Array<ArrayBuffer> {
  const body = zstdCompressSync(Buffer.concat([lengthOf(header), header, planes(values)]));
  return Uint8Array.from(Buffer.concat([new Uint8Array(LENGTH_BYTES), body]));
}

function lengthOf(bytes: Uint8Array): Uint8Array {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(bytes.length);
  return length;
}

/** Its header, and the planes of its figures. */
function partsOf(blob: Uint8Array): [Header, Uint8Array] {
  const split = (bytes: Uint8Array): [Uint8Array, Uint8Array] => {
    const from = LENGTH_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    return [bytes.subarray(LENGTH_BYTES, from), bytes.subarray(from)];
  };
  const [outer, body] = split(blob);
  const unpacked = zstdDecompressSync(body);
  const [header, figures] = outer.length === 0 ? split(unpacked) : [outer, unpacked];
  return [JSON.parse(new TextDecoder().decode(header)) as Header, figures];
}

/**
 * The same table with the figures of some places alone, as they are stored: of as many of them, the first ones, as SHRUNK_BYTES hold.
 * @throws EngineError as `decodeResults`
 */
export function shrinkResults(blob: Uint8Array, places: readonly ResultPlace[]): Uint8Array<ArrayBuffer> {
  const { strategies, regimeNames, read } = decodeResults(blob);
  for (let count = places.length; ; count--) {
    const left = places.slice(0, count);
    const header = new TextEncoder().encode(
      JSON.stringify({
        version: SHRUNK_VERSION,
        strategies,
        regimeNames,
        places: left.map(({ strategy, segment }) => [strategy, segment] as const),
      } satisfies Header),
    );
    const values = Float32Array.from(
      METRICS_OF_VERSION_4.flatMap((metric) =>
        EVALUATION_WINDOWS.flatMap((window) =>
          left.map(({ strategy, segment }) => read(strategy, window, segment, metric)),
        ),
      ),
    );
    const shrunk = writtenTogether(header, values);
    if (shrunk.length <= SHRUNK_BYTES || count === 0) return shrunk;
  }
}

/** @throws EngineError `artifact-damaged`, `store-newer` */
export function decodeResults(blob: Uint8Array): StoredResults {
  try {
    return decode(blob);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError(
      'artifact-damaged',
      'The stored results of a run are not what was written: they can\'t be read. All else of it can; "verify" lists what is wrong, and what it can be had from.',
      {},
      error,
    );
  }
}

function decode(blob: Uint8Array): StoredResults {
  const [header, figures] = partsOf(blob);
  if (header.version > SHRUNK_VERSION) {
    throw new EngineError(
      'store-newer',
      `A run's results have version ${header.version}; this Regimen reads up to ${SHRUNK_VERSION}. Update Regimen.`,
    );
  }
  const values = unplanes(figures);
  if (header.places !== undefined) return shrunkResults(header, header.places, values);
  const { strategies, regimeNames } = header;
  const metrics = header.metrics ?? METRICS_OF_VERSION_1;
  const segments = 1 + regimeNames.length;
  const at = (strategy: number, window: EvaluationWindow, segment: number, metric: MetricName) => {
    const block = EVALUATION_WINDOWS.indexOf(window) * segments + segment;
    const column = metrics.indexOf(metric);
    // The holdout's regimes are no part of version 1.
    return values[(block * metrics.length + column) * strategies + strategy] ?? Number.NaN;
  };
  return {
    strategies,
    regimeNames,
    read(strategy, window, segment, metric) {
      if (!metrics.includes(metric)) return Number.NaN;
      const value = at(strategy, window, segment, metric);
      const isUndefined =
        !Number.isFinite(value) || (metric !== 'trades' && at(strategy, window, segment, 'trades') === 0);
      return isUndefined ? Number.NaN : value;
    },
  };
}

function shrunkResults(
  { version, strategies, regimeNames, metrics = METRICS_OF_VERSION_4 }: Header,
  places: NonNullable<Header['places']>,
  values: Float32Array,
): StoredResults {
  const placeOf = new Map(places.map(([strategy, segment], i) => [`${strategy} ${segment}`, i]));
  return {
    strategies,
    regimeNames,
    places: places.map(([strategy, segment]) => ({ strategy, segment })),
    read(strategy, window, segment, metric) {
      const place = placeOf.get(`${strategy} ${segment}`);
      const column = (metrics as readonly string[]).indexOf(metric);
      if (place === undefined || column < 0) return Number.NaN;
      const [at, windows] = [EVALUATION_WINDOWS.indexOf(window), EVALUATION_WINDOWS.length];
      return version === FIRST_SHRUNK_VERSION
        ? values[(place * windows + at) * metrics.length + column]!
        : values[(column * windows + at) * places.length + place]!;
    },
  };
}

/** The first bytes of all values, then the second ones, …: neighboring figures share sign and exponent, so these compress. */
function planes(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const out = new Uint8Array(bytes.length);
  const { length } = values;
  for (let b = 0; b < 4; b++) {
    for (let i = 0, at = b; i < length; i++, at += 4) out[b * length + i] = bytes[at]!;
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
