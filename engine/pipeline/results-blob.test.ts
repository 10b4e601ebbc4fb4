import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { METRICS } from '../backtest/metrics.ts';
import type { Strategy } from '../inference/strategy-grid.ts';
import { EVALUATION_WINDOWS } from './evaluation-span.ts';
import { ALL_BARS, type EvaluationTable, metricOf, tableSize } from './evaluation-table.ts';
import { decodeResults, encodeResults, STORED_METRICS, shrinkResults } from './results-blob.ts';

const STRATEGY: Strategy = {
  predictionMethod: 'direct',
  ensembleMethod: 'mean',
  confidenceThreshold: 0.5,
  lookbackWindow: 50,
};

function tableOf(
  strategies: number,
  regimeNames: readonly string[],
  value: (i: number) => number,
): EvaluationTable {
  const size = tableSize(strategies, regimeNames.length);
  return {
    strategies: Array.from({ length: strategies }, () => STRATEGY),
    windows: ['selection', 'holdout'],
    regimeNames,
    values: Float64Array.from({ length: size }, (_, i) => value(i)),
  };
}

const names = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 });
const figure = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0, 1e300));

it('gives back every figure as the nearest Float32', () => {
  fc.assert(
    fc.property(
      names,
      fc.integer({ min: 1, max: 7 }),
      fc.array(figure, { minLength: 9 }),
      (regimes, count, figures) => {
        const trades = METRICS.indexOf('trades');
        const table = tableOf(count, regimes, (i) =>
          i % METRICS.length === trades ? i : figures[i % figures.length]! * (1 + (i % 3)),
        );
        const results = decodeResults(encodeResults(table));
        expect([results.strategies, results.regimeNames]).toEqual([count, regimes]);
        for (let s = 0; s < count; s++) {
          for (const window of EVALUATION_WINDOWS) {
            for (let segment = 0; segment <= regimes.length; segment++) {
              for (const metric of STORED_METRICS) {
                const value = Math.fround(metricOf(table, s, window, segment, metric));
                // Nothing that is no number comes back as one.
                expect(results.read(s, window, segment, metric)).toBe(Number.isFinite(value) ? value : NaN);
              }
            }
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});

it('gives equal tables equal bytes, wherever in memory they lie', () => {
  const value = (i: number) => Math.sin(i);
  const bytes = encodeResults(tableOf(135, ['a', 'b'], value));
  expect(encodeResults(tableOf(135, ['a', 'b'], value))).toEqual(bytes);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  const table = tableOf(135, ['a', 'b'], value);
  expect(decodeResults(shifted.subarray(3)).read(7, 'selection', 1, 'sharpe')).toBe(
    Math.fround(metricOf(table, 7, 'selection', 1, 'sharpe')),
  );
});

it('refuses what a newer Regimen wrote', () => {
  const bytes = encodeResults(tableOf(1, ['a'], () => 0));
  const newer = bytes.slice();
  newer[newer.indexOf('2'.charCodeAt(0), 4)] = '9'.charCodeAt(0);
  expect(() => decodeResults(newer)).toThrow(expect.objectContaining({ code: 'store-newer' }));
});

/** As the first release wrote them: ten metrics, selection by segment, then the holdout's of all bars. */
function firstRelease(strategies: number, regimeNames: readonly string[], value: (i: number) => number) {
  const header = Buffer.from(JSON.stringify({ version: 1, strategies, regimeNames }));
  const values = Float32Array.from({ length: (2 + regimeNames.length) * 10 * strategies }, (_, i) =>
    value(i),
  );
  const bytes = new Uint8Array(values.buffer);
  const planes = Uint8Array.from(
    bytes,
    (_, i) => bytes[4 * (i % values.length) + Math.floor(i / values.length)]!,
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header, zstdCompressSync(planes)]);
}

it('reads what the first release wrote', () => {
  const results = decodeResults(firstRelease(3, ['bull', 'unclassified'], (i) => 1 + i));
  // [block][metric][strategy]; trades are the ninth metric, the holdout is the fourth block.
  expect(results.read(1, 'selection', ALL_BARS, 'sharpe')).toBe(2);
  expect(results.read(2, 'selection', 2, 'trades')).toBe(1 + (2 * 10 + 8) * 3 + 2);
  expect(results.read(0, 'holdout', ALL_BARS, 'exposure')).toBe(1 + (3 * 10 + 9) * 3);
  expect(results.read(0, 'selection', ALL_BARS, 'sharpeError')).toBeNaN();
  expect(results.read(0, 'holdout', 1, 'sharpe')).toBeNaN();
});

it('knows that the first release wrote 0 where there was no trade, and Infinity where there was no loss', () => {
  const none = decodeResults(firstRelease(1, ['bull'], () => 0));
  expect(none.read(0, 'selection', 1, 'sharpe')).toBeNaN();
  expect(none.read(0, 'selection', 1, 'trades')).toBe(0);
  const won = decodeResults(firstRelease(1, ['bull'], (i) => (i === 5 ? Infinity : 7)));
  expect(won.read(0, 'selection', ALL_BARS, 'profitFactor')).toBeNaN();
  expect(won.read(0, 'selection', ALL_BARS, 'winRate')).toBe(7);
});

it('leaves a shrunk table the figures of its places, as it also did in its first form', () => {
  const table = tableOf(9, ['up', 'down'], (i) => i + 0.25);
  const places = [
    { strategy: 7, segment: ALL_BARS },
    { strategy: 2, segment: 1 },
    { strategy: 7, segment: 2 },
  ];
  const whole = encodeResults(table);
  const { read } = decodeResults(whole);
  const values = Float32Array.from(
    places.flatMap(({ strategy, segment }) =>
      EVALUATION_WINDOWS.flatMap((window) =>
        STORED_METRICS.map((metric) => read(strategy, window, segment, metric)),
      ),
    ),
  );
  const header = Buffer.from(
    JSON.stringify({
      version: 3,
      strategies: 9,
      regimeNames: ['up', 'down'],
      metrics: STORED_METRICS,
      places: places.map(({ strategy, segment }) => [strategy, segment]),
    }),
  );
  const planes = Uint8Array.from(
    { length: 4 * values.length },
    (_, at) => new Uint8Array(values.buffer)[4 * (at % values.length) + Math.floor(at / values.length)]!,
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const first = Buffer.concat([length, header, zstdCompressSync(planes)]);
  for (const blob of [shrinkResults(whole, places), first]) {
    const shrunk = decodeResults(blob);
    expect(shrunk).toMatchObject({ strategies: 9, regimeNames: ['up', 'down'], places });
    for (const { strategy, segment } of places)
      for (const window of EVALUATION_WINDOWS)
        for (const metric of STORED_METRICS)
          expect(shrunk.read(strategy, window, segment, metric)).toBe(
            read(strategy, window, segment, metric),
          );
    expect(shrunk.read(2, 'selection', ALL_BARS, 'trades')).toBeNaN();
  }
  expect(shrinkResults(whole, places).length).toBeLessThan(first.length);
});
