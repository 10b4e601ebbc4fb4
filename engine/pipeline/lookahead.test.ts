import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Configuration } from '../contract/configuration.ts';
import type { EncoderName } from '../contract/words.ts';
import { INDICATOR_CATALOG } from '../features/indicators/index.ts';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import { type Candles, candlesWithin } from '../market/candles.ts';
import { resample } from '../market/series/resample.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { runCell } from './cell.ts';
import { createContext } from './context.ts';
import { CUTS, checkLookahead, type LookaheadJob } from './lookahead.ts';
import { hourlyContext } from './testing/hourly-context.ts';
import { windowsBefore } from './windows.ts';

const HOUR = 3_600_000;
const CANDLES = randomCandles(14_000, 'H1', 3);
const HIGHER = [resample(CANDLES, 'H4', 'new_york')];
const END = CANDLES.time[CANDLES.length - 1]! + HOUR;

function configuration(encoder: EncoderName): Configuration {
  return {
    modelType: 'ridge',
    encoder,
    symbol: 'EURUSD',
    timeframe: 'H1',
    daysHistory: 40,
    horizon: 6,
    target: 'return',
    indicatorTimeframes: defaultIndicatorTimeframes('H1'),
    hyperparameters: { alpha: 1 },
  };
}

/** A model that was trained on the last days, and its data. */
function jobOf(encoder: EncoderName, alone: string | null = null): LookaheadJob {
  const trained = configuration(encoder);
  const { training, evaluation } = windowsBefore(END, { holdoutDays: 10, selectionDays: 30 }, 40);
  const context = hourlyContext({
    candles: CANDLES,
    higher: HIGHER,
    encoder,
    evaluation,
    days: 40,
    strategies: {
      predictionMethods: ['direct', 'recursive'],
      ensembleMethods: ['weighted'],
      confidenceThresholds: [0.3],
      lookbackWindows: [50],
    },
  });
  const job = { index: 0, configuration: trained, training, configHash: 'c', trainingKey: 'key' };
  const { artifact: model } = runCell(createContext(context), job) as { artifact: Uint8Array };
  const to = { to: END };
  const history = {
    candles: candlesWithin(CANDLES, to),
    higher: HIGHER.map((series) => candlesWithin(series, to)),
  };
  return { context, history, model, file: 'model', strategyIndex: 1, alone };
}

afterEach(() => vi.restoreAllMocks());

describe.each(['normalized', 'time_delta', 'absolute'] as const)('%s', (encoder) => {
  test('knows nothing of the future, and does not lean on where its history begins', () => {
    const report = checkLookahead(jobOf(encoder));
    expect(report.lookahead).toBeNull();
    expect(report.modelKey).toBe('key');
    expect(report.cuts).toHaveLength(CUTS);
    expect(new Set(report.cuts).size).toBe(CUTS);
    expect(report.compared).toBeGreaterThan(CUTS * report.bars);
    for (const { difference, largest } of report.warmup) {
      expect(difference).toBeNull();
      expect(largest).toBeLessThan(1e-6);
    }
    const [quarter, fourfold] = report.warmup;
    expect(quarter!.checked).toBeLessThan(quarter!.bars);
    expect(fourfold!.checked).toBeGreaterThan(fourfold!.bars);
    // On-balance volume in units of volume is a running total.
    expect(report.anchored).toEqual(encoder === 'absolute' ? expect.arrayContaining(['obv']) : []);
  });
});

test('alone in a regime, too', () => {
  expect(checkLookahead(jobOf('normalized', 'calm_ranging')).lookahead).toBeNull();
});

/** Rates of change that `compute` makes of the candles. */
function plantRoc(compute: (candles: Candles) => Float64Array): void {
  const real = INDICATOR_CATALOG.roc.compute;
  vi.spyOn(INDICATOR_CATALOG.roc, 'compute').mockImplementation((candles) => ({
    ...real(candles),
    outputs: [compute(candles)],
  }));
}

test('a feature that looks one bar ahead is named, with the bar and both values', () => {
  plantRoc(({ close }) => close.map((c, i) => (i < 10 ? Number.NaN : (close[i + 1] ?? c) / c - 1)));
  const { lookahead, compared } = checkLookahead(jobOf('normalized'));
  expect(lookahead!.what).toBe('roc_10');
  // What came after the last bar that was known.
  expect(lookahead!.time).toBe(lookahead!.cut - HOUR);
  expect(lookahead!.was).not.toBe(lookahead!.is);
  expect(compared).toBeGreaterThan(0);
});

test('a feature that never forgets its start is named with what it differs by', () => {
  // Distance from the mean of all closes so far.
  plantRoc(({ close }) => {
    let sum = 0;
    return close.map((c, i) => {
      sum += c;
      return i < 10 ? Number.NaN : c / (sum / (i + 1)) - 1;
    });
  });
  const report = checkLookahead(jobOf('absolute'));
  expect(report.lookahead).toBeNull();
  for (const { difference, largest } of report.warmup) {
    expect(difference!.what).toBe('roc_10');
    expect(largest).toBeGreaterThan(1e-6);
  }
});
