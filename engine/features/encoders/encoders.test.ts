import { describe, expect, it } from 'vitest';
import type { EncoderName } from '../../contract/words.ts';
import { alignHigher } from '../alignment.ts';
import { buildFeatures } from '../build.ts';
import { INDICATOR_CATALOG } from '../indicators/index.ts';
import { randomCandles, resample } from '../testing/candles.ts';
import { defaultIndicatorTimeframes } from '../timeframes.ts';

const candles = randomCandles(600, 3);
const h4 = resample(candles, 'H4');
const { closed } = alignHigher(candles, h4);
const rows = [300, 417, 456, 599];

function featuresOf(encoder: EncoderName): (name: string, t: number) => number {
  const { matrix } = buildFeatures({
    candles,
    encoder,
    indicatorTimeframes: defaultIndicatorTimeframes('H1'),
    higher: new Map([['H4', h4]]),
    fitEnd: 0,
  });
  return (name, t) => {
    expect(matrix.names).toContain(name);
    return matrix.columns[matrix.names.indexOf(name)][t];
  };
}

const base = Object.fromEntries(
  Object.values(INDICATOR_CATALOG).map((indicator) => [indicator.name, indicator.compute(candles).outputs]),
);
const higher = Object.fromEntries(
  Object.values(INDICATOR_CATALOG).map((indicator) => [indicator.name, indicator.compute(h4).outputs]),
);

/** Mean and population standard deviation of the last 100 values up to index t. */
function last100(x: Float64Array, t: number): { mean: number; std: number } {
  const window = [...x.subarray(t - 99, t + 1)];
  const mean = window.reduce((sum, value) => sum + value, 0) / 100;
  return { mean, std: Math.sqrt(window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 100) };
}

describe('absolute', () => {
  const feature = featuresOf('absolute');

  it.each(rows)('leaves row %i in its own units', (t) => {
    expect(feature('close', t)).toBe(candles.close[t]);
    expect(feature('range', t)).toBe(candles.high[t] - candles.low[t]);
    expect(feature('rsi_14', t)).toBe(base.rsi[0][t]);
    expect(feature('obv', t)).toBe(base.obv[0][t]);
    expect(feature('ema_20@H4', t)).toBe(higher.ema[0][closed[t]]);
  });
});

describe('normalized', () => {
  const feature = featuresOf('normalized');

  it.each(rows)('frees row %i from scale', (t) => {
    const { high, low, close, volume } = candles;
    expect(feature('sma_20', t)).toBeCloseTo(1 - base.sma[0][t] / close[t], 14);
    expect(feature('atr_14', t)).toBeCloseTo(base.atr[0][t] / close[t], 14);
    expect(feature('range', t)).toBeCloseTo((high[t] - low[t]) / close[t], 14);
    expect(feature('rsi_14', t)).toBeCloseTo(base.rsi[0][t] / 50 - 1, 14);
    expect(feature('close_position', t)).toBeCloseTo(
      (2 * close[t] - high[t] - low[t]) / (high[t] - low[t]),
      11,
    );
    expect(feature('roc_10', t)).toBeCloseTo(close[t] / close[t - 10] - 1, 14);
    for (const [name, x] of [
      ['volume', volume],
      ['volume_sma_20', base.volume_sma[0]],
      ['obv', base.obv[0]],
    ] as const) {
      const { mean, std } = last100(x, t);
      expect(feature(name, t)).toBeCloseTo((x[t] - mean) / std, 10);
    }
  });

  it.each(rows)('compares row %i with higher prices by its own close, else with higher bars', (t) => {
    const j = closed[t];
    expect(feature('ema_20@H4', t)).toBeCloseTo(1 - higher.ema[0][j] / candles.close[t], 14);
    expect(feature('atr_14@H4', t)).toBeCloseTo(higher.atr[0][j] / h4.close[j], 14);
    expect(feature('rsi_14@H4', t)).toBeCloseTo(higher.rsi[0][j] / 50 - 1, 14);
  });
});

describe('time_delta', () => {
  const feature = featuresOf('time_delta');

  it.each(rows)('turns row %i into changes', (t) => {
    const { close } = candles;
    for (const lag of [1, 2, 3, 5, 8, 13, 21]) {
      expect(feature(`log_change_${lag}`, t)).toBeCloseTo(Math.log(close[t] / close[t - lag]), 14);
    }
    const change = (x: Float64Array) => x[t] - x[t - 1];
    expect(feature('delta_sma_20', t)).toBeCloseTo(change(base.sma[0]) / close[t], 14);
    expect(feature('delta_macd_12_26', t)).toBeCloseTo(change(base.macd[0]) / close[t], 14);
    expect(feature('delta_adx_14', t)).toBeCloseTo(change(base.adx[0]) / 50, 14);
    expect(feature('delta_roc_10', t)).toBeCloseTo(change(base.roc[0]), 14);
    expect(feature('delta_obv', t)).toBeCloseTo(change(base.obv[0]) / last100(base.obv[0], t).std, 10);
  });

  it.each(rows)('takes changes of higher timeframes at row %i between the last two closed bars', (t) => {
    const j = closed[t];
    expect(feature('delta_rsi_14@H4', t)).toBeCloseTo((higher.rsi[0][j] - higher.rsi[0][j - 1]) / 50, 14);
    expect(feature('delta_ema_20@H4', t)).toBeCloseTo(
      (higher.ema[0][j] - higher.ema[0][j - 1]) / h4.close[j],
      14,
    );
  });

  it.each(rows)('tells when row %i opened', (t) => {
    const opened = new Date(candles.time[t]);
    const hour = (opened.getUTCHours() / 24) * 2 * Math.PI;
    const weekday = (opened.getUTCDay() / 7) * 2 * Math.PI;
    expect(feature('hour_sin', t)).toBeCloseTo(Math.sin(hour), 9);
    expect(feature('hour_cos', t)).toBeCloseTo(Math.cos(hour), 9);
    expect(feature('weekday_sin', t)).toBeCloseTo(Math.sin(weekday), 14);
    expect(feature('weekday_cos', t)).toBeCloseTo(Math.cos(weekday), 14);
  });

  it('damps the weekend: nothing within the week, ln 49 on Monday', () => {
    const monday = candles.time.findIndex((time, t) => t > 200 && time - candles.time[t - 1] > 3_600_000);
    expect(feature('bars_since_previous', monday)).toBeCloseTo(Math.log(49), 14);
    expect(feature('bars_since_previous', monday + 1)).toBe(0);
  });
});
