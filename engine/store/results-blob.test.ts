import fc from 'fast-check';
import { expect, it } from 'vitest';
import { METRICS } from '../backtest/metrics.ts';
import type { Strategy } from '../inference/strategy-grid.ts';
import { ALL_BARS, type EvaluationTable, metricOf, tableSize } from '../pipeline/evaluation-table.ts';
import { decodeResults, encodeResults } from './results-blob.ts';

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
        const table = tableOf(count, regimes, (i) => figures[i % figures.length]! * (1 + (i % 3)));
        const results = decodeResults(encodeResults(table));
        expect([results.strategies, results.regimeNames]).toEqual([count, regimes]);
        for (let s = 0; s < count; s++) {
          for (const metric of METRICS) {
            for (let segment = 0; segment <= regimes.length; segment++) {
              expect(results.selection(s, segment, metric)).toBe(
                Math.fround(metricOf(table, s, 'selection', segment, metric)),
              );
            }
            const whole = Math.fround(metricOf(table, s, 'holdout', ALL_BARS, metric));
            expect(results.holdout(s, metric)).toBe(whole);
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
  expect(decodeResults(shifted.subarray(3)).selection(7, 1, 'sharpe')).toBe(
    Math.fround(metricOf(table, 7, 'selection', 1, 'sharpe')),
  );
});

it('refuses what a newer Regimen wrote', () => {
  const bytes = encodeResults(tableOf(1, ['a'], () => 0));
  const newer = bytes.slice();
  newer[newer.indexOf('1'.charCodeAt(0), 4)] = '9'.charCodeAt(0);
  expect(() => decodeResults(newer)).toThrow(expect.objectContaining({ code: 'store-newer' }));
});
