import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../contract/errors.ts';
import { ENCODERS, type EncoderName } from '../contract/words.ts';
import { type Candles, sliceCandles } from '../market/candles.ts';
import { buildFeatures, type FeatureRequest } from './build.ts';
import {
  copyCandles,
  flatCandles,
  randomCandles,
  resample,
  scaleCandles,
  uniform,
} from './testing/candles.ts';
import { rolloutDifferences } from './testing/rollout.ts';
import { defaultIndicatorTimeframes } from './timeframes.ts';
import { warmupBars } from './warmup.ts';

function requestFor(candles: Candles, encoder: EncoderName): FeatureRequest {
  return {
    candles,
    encoder,
    indicatorTimeframes: {
      ...defaultIndicatorTimeframes(candles.timeframe),
      volume_sma: ['H1', 'H4'],
      obv: ['H1', 'H4'],
    },
    higher: new Map([['H4', resample(candles, 'H4')]]),
    fitEnd: 600,
  };
}

/** Seven weeks and 115 bars: the last bars' synthetic ones lie beyond a weekend. */
const candles = randomCandles(955, 1);

describe.each(ENCODERS)('features, encoded as %s', (encoder) => {
  const { matrix, createRollout } = buildFeatures(requestFor(candles, encoder));

  it('have a column per name and a row per bar', () => {
    expect(new Set(matrix.names).size).toBe(matrix.names.length);
    expect(matrix.columns).toHaveLength(matrix.names.length);
    expect(matrix.rows).toBe(candles.length);
    expect(matrix.fitEnd).toBe(600);
    for (const column of matrix.columns) expect(column).toHaveLength(candles.length);
  });

  it('are all finite from firstValid on, and not before', () => {
    const finite = (t: number) => matrix.columns.every((column) => Number.isFinite(column[t]));
    expect(finite(matrix.firstValid - 1)).toBe(false);
    for (let t = matrix.firstValid; t < matrix.rows; t++) expect(finite(t)).toBe(true);
  });

  it('do not look ahead: changing later candles changes nothing, bit for bit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: candles.length - 2 }), fc.nat(), (t, seed) => {
        const changed = changeAfter(candles, t, seed);
        buildFeatures(requestFor(changed, encoder)).matrix.columns.forEach((column, j) => {
          expect(column.slice(0, t + 1), matrix.names[j]).toEqual(matrix.columns[j]!.slice(0, t + 1));
        });
      }),
      { numRuns: 12, seed: 4 },
    );
  });

  it.each([
    ['constant prices', flatCandles(candles, 1.1)],
    ['no volume', scaleCandles(candles, 1, 0)],
    ['constant prices and no volume', flatCandles(scaleCandles(candles, 1, 0), 0.1)],
  ])('are finite for %s, in synthetic bars, too', (_case, degenerate) => {
    const built = buildFeatures(requestFor(degenerate, encoder));
    expect(built.matrix.firstValid).toBe(matrix.firstValid);
    const rollout = built.createRollout({ first: 500, count: 3 }, (time) => time + 3_600_000);
    for (let step = 1; step <= 12; step++) rollout.advance(new Float64Array(3));
    for (const column of [
      ...built.matrix.columns.map((all) => all.slice(matrix.firstValid)),
      ...rollout.columns,
    ]) {
      expect(column.every(Number.isFinite)).toBe(true);
    }
  });

  it('do not depend on where the candles begin, given the bars that warmupBars asks for', () => {
    const request = requestFor(candles, encoder);
    const warmup = warmupBars(encoder, request.indicatorTimeframes, 'H1');
    // Dropped are whole H4 bars, which would otherwise begin in their middle.
    const dropped = 24;
    const row = Math.max(warmup.get('H1') ?? 0, 4 * ((warmup.get('H4') ?? 0) + 1));
    const later = buildFeatures(requestFor(randomTail(dropped), encoder)).matrix;
    const all = buildFeatures(requestFor(longCandles, encoder)).matrix;
    all.columns.forEach((column, j) => {
      if (/obv/.test(all.names[j]!) && encoder === 'absolute') return;
      const size = column.subarray(all.firstValid).reduce((m, x) => Math.max(m, Math.abs(x)), 0);
      for (let t = row; t + dropped < all.rows; t++) {
        expect(Math.abs(column[t + dropped]! - later.columns[j]![t]!), all.names[j]).toBeLessThanOrEqual(
          1e-9 * size,
        );
      }
    });
  });

  it('roll forward to what a full computation of the extended candles gives', () => {
    expect(rolloutDifferences(requestFor(candles, encoder), 7)).toEqual([]);
  });

  it('say which columns synthetic bars hold: of higher timeframes, all but what the close is compared with', () => {
    const rollout = createRollout({ first: 700, count: 9 }, (time) => time + 3_600_000);
    const own = rollout.columns.map((column) => column.slice());
    const changed = new Set<string>();
    for (let step = 1; step <= 12; step++) {
      rollout.advance(new Float64Array(9).fill(1e-3));
      rollout.columns.forEach((column, j) => {
        if (column.some((value, lane) => value !== own[j]![lane])) changed.add(matrix.names[j]!);
      });
    }
    const held = matrix.names.filter((_, j) => rollout.held[j] === 1);
    expect(held).toEqual(matrix.names.filter((name) => name.endsWith('@H4') && !changed.has(name)));
    expect(held.length).toBeGreaterThan(8);
  });

  it('roll forward without volume and without a range', () => {
    expect(rolloutDifferences(requestFor(scaleCandles(candles, 1, 0), encoder), 2)).toEqual([]);
    expect(rolloutDifferences(requestFor(flatCandles(candles, 1.1), encoder), 2)).toEqual([]);
  });

  it('roll forward from valid rows only, and no further than 12 steps', () => {
    const next = (time: number) => time + 3_600_000;
    expect(() => createRollout({ first: matrix.firstValid - 1, count: 2 }, next)).toThrow(EngineError);
    expect(() => createRollout({ first: matrix.rows - 1, count: 2 }, next)).toThrow(EngineError);
    const rollout = createRollout({ first: matrix.rows - 1, count: 1 }, next);
    for (let step = 1; step <= 12; step++) rollout.advance(new Float64Array(1));
    expect(() => rollout.advance(new Float64Array(1))).toThrow(/at most 12 steps/);
  });
});

const longCandles = randomCandles(1700, 8);

function randomTail(dropped: number): Candles {
  return sliceCandles(longCandles, dropped, longCandles.length);
}

function changeAfter(original: Candles, t: number, seed: number): Candles {
  const changed = copyCandles(original);
  const random = uniform(seed);
  for (let i = t + 1; i < changed.length; i++) {
    const factor = 0.5 + random();
    for (const column of ['open', 'high', 'low', 'close'] as const) changed[column][i]! *= factor;
    changed.volume[i] = 5000 * random();
    changed.time[i]! += 60_000;
  }
  return changed;
}

describe('buildFeatures', () => {
  it('names columns after output and higher timeframe', () => {
    const timeframes = { rsi: ['H1', 'H4'], adx: ['H1'] } as const;
    const names = (encoder: EncoderName) =>
      buildFeatures({ ...requestFor(candles, encoder), indicatorTimeframes: timeframes }).matrix.names;
    expect(names('absolute')).toEqual([
      'close',
      'range',
      'adx_14',
      'plus_di_14',
      'minus_di_14',
      'rsi_14',
      'rsi_14@H4',
    ]);
    expect(names('normalized').slice(-2)).toEqual(['rsi_14', 'rsi_14@H4']);
    expect(names('time_delta').slice(-2)).toEqual(['delta_rsi_14', 'delta_rsi_14@H4']);
  });

  it('says which candles are missing', () => {
    const request = { ...requestFor(candles, 'normalized'), higher: new Map() };
    expect(() => buildFeatures(request)).toThrow(
      /EURUSD H1 ask for indicators on H4, but no H4 candles were passed/,
    );
  });

  it('has no valid row when there are too few bars', () => {
    const { matrix } = buildFeatures(requestFor(sliceCandles(candles, 0, 15), 'normalized'));
    expect(matrix.firstValid).toBe(15);
  });
});
