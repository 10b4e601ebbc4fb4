import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signals } from '../inference/signal.ts';
import { maskWords, SignalLists } from './signal-lists.ts';

const LANES = 50;
const REGIMES = 2;
const column = (value: fc.Arbitrary<number>) => fc.array(value, { minLength: LANES, maxLength: LANES });
const share = fc.constantFrom(0, 0.25, 0.5, 0.75, 1);

test('hold what `signals` decides, of every window and threshold, by regime', () => {
  fc.assert(
    fc.property(
      column(fc.constantFrom(-2, -1, -0.5, 0, 0.5, 1, 2, Number.NaN)),
      column(fc.oneof(share, fc.constant(Number.NaN))),
      column(fc.constantFrom(0.5, 1)),
      column(fc.nat(REGIMES)),
      fc.array(share, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 0, max: LANES }),
      (forecast, confidence, cost, regimes, thresholds, border) => {
        const source = {
          forecast: Float64Array.from(forecast),
          confidence: Float64Array.from(confidence),
          roundTripCost: Float64Array.from(cost),
          regimeAtOpen: Uint8Array.from(regimes),
        };
        const windows = [
          { from: 0, to: border },
          { from: border, to: LANES },
        ];
        const both = windows.map((window) => new SignalLists(window, REGIMES));
        for (const lists of both) lists.gather(source);
        for (const threshold of thresholds) {
          const wanted = new Int8Array(LANES);
          signals(source.forecast, source.confidence, source.roundTripCost, threshold, wanted);
          const mask = new Int32Array(maskWords(LANES));
          for (const [w, lists] of both.entries()) {
            lists.select(threshold, mask);
            const { from, to } = windows[w];
            for (let list = 0; list <= REGIMES; list++) {
              const expected: [lane: number, direction: number][] = [];
              for (let lane = from; lane < to - 1; lane++) {
                const own = list === 0 || regimes[lane + 1] === list - 1;
                if (own && wanted[lane] !== 0) expected.push([lane, wanted[lane]]);
              }
              const found = lists.signals[list].subarray(0, lists.counts[list]);
              expect(Array.from(found, (s) => [s >> 1, s % 2 === 1 ? 1 : -1])).toEqual(expected);
            }
          }
          const bits = (lane: number) => (mask[lane >> 4] >>> (2 * (lane % 16))) & 3;
          const last = new Set(windows.map(({ to }) => to - 1));
          wanted.forEach((signal, lane) => {
            expect(bits(lane)).toBe(last.has(lane) || signal === 0 ? 0 : signal > 0 ? 1 : 2);
          });
        }
      },
    ),
  );
});
