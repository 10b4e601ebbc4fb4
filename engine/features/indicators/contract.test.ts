import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INDICATORS } from '../../contract/words.ts';
import { type Candles, sliceCandles } from '../../market/candles.ts';
import { plainLoops } from '../loops/plain.ts';
import { Rolling } from '../rolling.ts';
import { copyCandles, flatCandles, randomCandles, scaleCandles } from '../testing/candles.ts';
import { rolloutDifferences } from '../testing/rollout.ts';
import { INDICATOR_CATALOG } from './index.ts';
import type { OutputKind } from './indicator.ts';

const candles = randomCandles(700, 1);

/** What the values of a kind are multiplied by when prices and volumes are. */
const SCALE: Readonly<Record<OutputKind, (price: number, volume: number) => number>> = {
  level: (price) => price,
  difference: (price) => price,
  oscillator: () => 1,
  ratio: () => 1,
  volume: (_price, volume) => volume,
  cumulative_volume: (_price, volume) => volume,
};

describe.each(INDICATORS)('indicator %s', (name) => {
  const indicator = INDICATOR_CATALOG[name];
  const { outputs } = indicator.compute(candles);
  const largest = outputs.map((output) =>
    output.slice(indicator.warmup).reduce((m, x) => Math.max(m, Math.abs(x)), 0),
  );

  it('is registered under its own name, with output names of its own', () => {
    const others = INDICATORS.filter((other) => other !== name).flatMap(
      (other) => INDICATOR_CATALOG[other].outputs,
    );
    expect(indicator.name).toBe(name);
    for (const output of indicator.outputs)
      expect(others.map((other) => other.name)).not.toContain(output.name);
  });

  it('gives a value per bar: NaN before the warm-up, finite from there on', () => {
    expect(outputs).toHaveLength(indicator.outputs.length);
    for (const output of outputs) {
      expect(output).toHaveLength(candles.length);
      expect(output.slice(0, indicator.warmup).every(Number.isNaN)).toBe(true);
      expect(output.slice(indicator.warmup).every(Number.isFinite)).toBe(true);
    }
  });

  it('accepts any number of bars', () => {
    for (let length = 0; length <= indicator.warmup + 1; length++) {
      for (const output of indicator.compute(sliceCandles(candles, 0, length)).outputs) {
        expect(output.filter((value) => !Number.isNaN(value))).toHaveLength(
          Math.max(0, length - indicator.warmup),
        );
      }
    }
  });

  it('is causal: later bars change nothing before them, bit for bit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: candles.length - 2 }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        (t, by) => {
          const changed = scaleAfter(candles, t, by);
          indicator.compute(changed).outputs.forEach((output, k) => {
            expect(output.slice(0, t + 1)).toEqual(outputs[k].slice(0, t + 1));
          });
        },
      ),
      { numRuns: 20, seed: 2 },
    );
  });

  it('scales with prices and volumes as its kinds say', () => {
    const scaled = indicator.compute(scaleCandles(candles, 150, 7)).outputs;
    indicator.outputs.forEach(({ kind }, k) => {
      const factor = SCALE[kind](150, 7);
      for (let t = indicator.warmup; t < candles.length; t++) {
        expect(Math.abs(scaled[k][t] - outputs[k][t] * factor)).toBeLessThanOrEqual(
          1e-10 * largest[k] * factor,
        );
      }
    });
  });

  it('keeps oscillators within 0 and 100', () => {
    indicator.outputs.forEach(({ kind }, k) => {
      if (kind !== 'oscillator') return;
      for (const value of outputs[k].slice(indicator.warmup)) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(100);
      }
    });
  });

  it.each([
    ['constant prices', flatCandles(candles, 1.1)],
    ['no volume', scaleCandles(candles, 1, 0)],
    ['constant prices and no volume', flatCandles(scaleCandles(candles, 1, 0), 1.1)],
    // Smoothed moves decay for so long that they leave the range of normal numbers.
    ['prices that stop moving', stopAfter(randomCandles(12_000, 1), 300)],
  ])('is finite for %s', (_case, degenerate) => {
    for (const output of indicator.compute(degenerate).outputs) {
      expect(output.slice(indicator.warmup).every(Number.isFinite)).toBe(true);
    }
  });

  it('has forgotten the start of the series once it is settled', () => {
    const dropped = 150;
    const later = indicator.compute(sliceCandles(candles, dropped, candles.length)).outputs;
    const windowed = indicator.settled === indicator.warmup;
    indicator.outputs.forEach(({ kind }, k) => {
      // A running total differs by what it had before, and by nothing else.
      const offset = kind === 'cumulative_volume' ? outputs[k][dropped] : 0;
      for (let t = indicator.settled; t + dropped < candles.length; t++) {
        const error = Math.abs(later[k][t] + offset - outputs[k][t + dropped]);
        expect(error).toBeLessThanOrEqual((windowed ? 1e-12 : 1e-9) * largest[k]);
      }
    });
  });

  it("returns to the lanes' own bars on a reset", () => {
    const lanes = { first: 500, count: 3 };
    const columns = indicator.compute(candles);
    const rolling = new Rolling(candles, { lanes, loops: plainLoops() }, (time) => time + 3_600_000);
    const rolled = rolling.source(columns);
    const own = columns.outputs.map((output) => output.slice(500, 503));
    expect(rolled.outputs).toEqual(own);
    const first = Float64Array.of(1e-3, -1e-3, 2e-3);
    const advance = (returns: Float64Array, step: number) => {
      rolling.bars.take(returns);
      rolling.advance(step);
      return rolled.outputs.map((output) => output.slice());
    };
    const once = advance(first, 1);
    expect(once).not.toEqual(own);
    advance(Float64Array.of(-3e-3, 2e-3, 1e-3), 2);
    rolling.reset();
    expect(advance(first, 1)).toEqual(once);
  });

  it('rolls forward to what a full computation of the extended candles gives', () => {
    expect(
      rolloutDifferences(
        {
          candles,
          encoder: 'absolute',
          indicatorTimeframes: { [name]: ['H1'] },
          higher: new Map(),
          fitEnd: 0,
        },
        5,
      ),
    ).toEqual([]);
  });
});

function scaleAfter(original: Candles, t: number, by: number): Candles {
  const changed = scaleCandles(original, by, by);
  for (const column of ['open', 'high', 'low', 'close', 'volume'] as const) {
    changed[column].set(original[column].subarray(0, t + 1));
  }
  return changed;
}

function stopAfter(original: Candles, t: number): Candles {
  const stopped = copyCandles(original);
  for (const column of ['open', 'high', 'low', 'close'] as const)
    stopped[column].fill(original.close[t], t + 1);
  return stopped;
}
