import { describe, expect, test } from 'vitest';
import { createPrng, type Prng } from '../../random/prng.ts';
import { moduleText } from '../../wasm/testing/compile.ts';
import { METRICS } from '../metrics.ts';
import { NetSums } from '../net-sums.ts';
import { PlainTester, type TestedSpan } from '../tester.ts';
import { CompiledTester } from './compiled-tester.ts';

test('wasm.ts is what kernel.as compiles to', async () => {
  const text = await moduleText(
    new URL('kernel.as', import.meta.url),
    'engine/backtest/kernel',
    'KERNEL_WASM',
  );
  await expect(text).toMatchFileSnapshot('./wasm.ts');
});

const REGIMES = 3;

interface Case {
  readonly span: TestedSpan;
  readonly forecast: Float64Array;
  readonly confidence: Float64Array;
  readonly thresholds: readonly number[];
  readonly horizon: number;
}

/** Of `thresholds` some are confidences themselves; windows begin after the span, leave a gap or have hardly a bar. */
function randomCase(prng: Prng, share: number): Case {
  const lanes = 40 + prng.int(200);
  const first = prng.int(8);
  const border = first + prng.int(lanes - first);
  const second = Math.min(lanes, border + prng.int(4));
  const column = (draw: () => number) => Float64Array.from({ length: lanes }, draw);
  // Swaps: a short does not earn what a long loses.
  const returns = column(() => (prng.float() < 0.1 ? 0 : 0.01 * prng.normal()));
  const confidence = column(() => (prng.float() < 0.1 ? Number.NaN : prng.float()));
  return {
    span: {
      lanes,
      market: {
        long: returns.map((r) => r - 0.0002 * prng.int(2)),
        short: returns.map((r) => -r - 0.0001 * prng.int(3)),
        costPerSide: column(() => 0.0005 * prng.float()),
        stake: column(() => 0.02 * prng.int(4)),
        regimeAtOpen: Uint8Array.from({ length: lanes }, () => prng.int(REGIMES + 1)),
      },
      roundTripCost: column(() => 0.001 * prng.float()),
      windows: [
        { from: first, to: border },
        { from: second, to: second + prng.int(lanes - second + 1) },
      ],
      barsPerYear: [6000, 5900.5],
      regimes: REGIMES,
    },
    // Runs of one direction, so that positions are held to their end; and reversals in between.
    forecast: column(() => (prng.float() < 0.1 ? Number.NaN : 0.01 * (prng.normal() + share))),
    confidence,
    thresholds: [0, 0.3, confidence[prng.int(lanes)] || 0.5, confidence[prng.int(lanes)] || 0.7, 0.9],
    horizon: 1 + prng.int(14),
  };
}

describe('the compiled tester gives bit for bit what the plain one gives', () => {
  test.each([
    ['signals of both directions', 0],
    ['mostly purchases', 2],
    ['mostly sales', -2],
  ])('%s', (_name, share) => {
    let traded = 0;
    for (let seed = 1; seed <= 120; seed++) {
      const { span, forecast, confidence, thresholds, horizon } = randomCase(createPrng(seed), share);
      const plain = new PlainTester(span);
      const compiled = CompiledTester.create(span);
      if (compiled === undefined) throw new Error('expected WebAssembly SIMD');
      for (const tester of [plain, compiled]) tester.gather(forecast, confidence);
      for (const threshold of thresholds) {
        expect(compiled.select(threshold)).toEqual(plain.select(threshold));
        for (let window = 0; window < 2; window++) {
          const figures = [plain, compiled].map((tester) => {
            const out = new Float64Array(1 + (1 + REGIMES) * METRICS.length);
            tester.measure(window, horizon, out, 1);
            return out;
          });
          expect(figures[1]).toEqual(figures[0]);
          traded += figures[0].some((x) => x > 0) ? 1 : 0;
        }
      }
    }
    expect(traded).toBeGreaterThan(500);
  });

  test('and sums up every held bar, whatever pieces a window is cut into', () => {
    let held = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { span, forecast, confidence, horizon } = randomCase(createPrng(seed), 0);
      const pieceOf = Uint16Array.from({ length: span.lanes }, (_, lane) =>
        Math.floor(lane / (1 + (seed % 9))),
      );
      const pieces = 1 + pieceOf[span.lanes - 1];
      const [wanted, found] = [new PlainTester(span), CompiledTester.create(span)!].map((tester) => {
        const sums = Array.from({ length: 1 + REGIMES }, () => new NetSums(pieceOf, pieces));
        const out = new Float64Array(2 * (1 + REGIMES) * METRICS.length);
        tester.gather(forecast, confidence);
        tester.select(0.1);
        const seen = [0, 1].map((window) => {
          for (const one of sums) one.clear();
          tester.measure(window, horizon, out, window * (1 + REGIMES) * METRICS.length, sums);
          return structuredClone(sums.map((one) => ({ ...one })));
        });
        return { out, seen };
      });
      expect(found).toEqual(wanted);
      held += wanted.seen[0][0].fourths > 0 ? 1 : 0;
    }
    expect(held).toBeGreaterThan(40);
  });
});
