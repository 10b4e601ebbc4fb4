import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../contract/errors.ts';
import { ENCODERS, type EncoderName } from '../contract/words.ts';
import { type Candles, sliceCandles } from '../market/candles.ts';
import { buildFeatures, type FeatureRequest, rollFeatures } from './build.ts';
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
  const { matrix } = buildFeatures(requestFor(candles, encoder));
  const rolled = (first: number, count: number, from = candles) =>
    rollFeatures(requestFor(from, encoder), {
      lanes: { first, count },
      nextBarTime: (time) => time + 3_600_000,
    });

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
    const built = rolled(500, 3, degenerate);
    const { rollout } = built;
    expect(built.matrix.firstValid).toBe(matrix.firstValid);
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
    const { rollout } = rolled(700, 9);
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
    expect(() => rolled(matrix.firstValid - 1, 2)).toThrow(EngineError);
    expect(() => rolled(0, 2)).toThrow(EngineError);
    expect(() => rolled(matrix.rows - 1, 2)).toThrow(EngineError);
    const { rollout } = rolled(matrix.rows - 1, 1);
    for (let step = 1; step <= 12; step++) rollout.advance(new Float64Array(1));
    expect(() => rollout.advance(new Float64Array(1))).toThrow(/at most 12 steps/);
  });
});

describe.each(ENCODERS)('rollouts, encoded as %s', (encoder) => {
  it('are another like the first, kept or computed anew', () => {
    const ends = [undefined, 0].map((mostKeptBars) => {
      const request = { ...requestFor(candles, encoder), ...(mostKeptBars === 0 && { mostKeptBars }) };
      const rolledOver = { lanes: { first: 700, count: 9 }, nextBarTime: (time: number) => time + 3_600_000 };
      const { rollout, createRollout } = rollFeatures(request, rolledOver);
      return [rollout, createRollout(rolledOver), buildFeatures(request).createRollout(rolledOver)].map(
        (each) => {
          for (let step = 1; step <= 12; step++) each.advance(new Float64Array(9).fill(step / 1e4));
          return each.columns;
        },
      );
    });
    for (const columns of ends.flat()) expect(columns).toEqual(ends[0]![0]);
    const { createRollout } = buildFeatures(requestFor(candles, encoder));
    const outside = { lanes: { first: candles.length - 1, count: 2 }, nextBarTime: (time: number) => time };
    expect(() => createRollout(outside)).toThrow(EngineError);
  });

  it('are the same in blocks as in one, bit for bit, whichever block comes next', () => {
    const request = requestFor(candles, encoder);
    const lanes = { first: 700, count: 59 };
    const nextBarTime = (time: number) => time + 3_600_000;
    const whole = rollFeatures(request, { lanes, nextBarTime }).rollout;
    const { rollout, matrix } = rollFeatures(request, { lanes, nextBarTime, most: 20 });
    const ofLanes = (column: Float64Array) => column.subarray(lanes.first, lanes.first + lanes.count);
    expect(whole.blocks).toEqual([{ first: 0, count: 59 }]);
    expect(rollout.blocks).toEqual([0, 20, 39].map((first) => ({ first, count: 20 })));
    const random = uniform(5);
    const returns = Array.from({ length: 12 }, () =>
      Float64Array.from({ length: lanes.count }, () => 1e-3 * random()),
    );
    for (const position of [0, 1, 2, 1, 0, 0, 2]) {
      const { first, count } = rollout.blocks[position]!;
      const own = (values: Float64Array) => values.subarray(first, first + count);
      const before = rollout.columns;
      rollout.place(position);
      if (first > 0) expect(rollout.columns).not.toBe(before);
      if (rollout.columns !== before) expect(rollout.columns).toEqual(matrix.columns.map(ofLanes).map(own));
      for (let pass = 0; pass < 2; pass++) {
        for (const each of [whole, rollout]) each.reset();
        for (const step of returns) {
          whole.advance(step);
          rollout.advance(own(step));
          expect(rollout.columns).toEqual(whole.columns.map(own));
        }
      }
    }
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
