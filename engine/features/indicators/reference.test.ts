import {
  ADX,
  ATR,
  BollingerBands,
  EMA,
  getStandardDeviation,
  MACD,
  OBV,
  ROC,
  RSI,
  SMA,
  StochasticOscillator,
  VWAP,
} from 'trading-signals';
import { describe, expect, it } from 'vitest';
import type { IndicatorName } from '../../contract/words.ts';
import type { Candles } from '../../market/candles.ts';
import { randomCandles } from '../testing/candles.ts';
import { INDICATOR_CATALOG } from './index.ts';

interface Bar {
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

/** Outputs by trading-signals for one bar after the other; null while it has none. */
type Reference = (bar: Bar, t: number, bars: readonly Bar[]) => readonly (number | null | undefined)[] | null;

/** A fresh reference per series, as those of trading-signals keep state. */
const REFERENCES: Readonly<Record<IndicatorName, () => Reference>> = {
  sma: () => single(new SMA(20)),
  ema: () => {
    const ema = new EMA(20);
    return ({ close }) => {
      ema.update(close, false);
      return [ema.isStable ? ema.getResult() : null];
    };
  },
  macd: () => {
    const macd = new MACD(new EMA(12), new EMA(26), new EMA(9));
    return ({ close }) => {
      const result = macd.update(close, false);
      return result && [result.macd, result.histogram];
    };
  },
  adx: () => {
    const adx = new ADX(14);
    return (bar) => {
      const value = adx.update(bar, false);
      return value === null ? null : [value, 100 * Number(adx.pdi), 100 * Number(adx.mdi)];
    };
  },
  rsi: () => single(new RSI(14)),
  stochastic: () => {
    const stochastic = new StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 });
    return (bar) => {
      const result = stochastic.update(bar, false);
      return result && [result.stochK, result.stochD];
    };
  },
  roc: () => single(new ROC(10)),
  atr: () => {
    const atr = new ATR(14);
    return (bar) => [atr.update(bar, false)];
  },
  bollinger: () => {
    const bands = new BollingerBands(20, 2);
    return ({ close }) => {
      const result = bands.update(close, false);
      return result && [result.upper, result.lower];
    };
  },
  stddev: () => (_bar, t, bars) =>
    t < 19 ? null : [getStandardDeviation(bars.slice(t - 19, t + 1).map(({ close }) => close))],
  obv: () => {
    const obv = new OBV(2);
    return (bar) => [obv.update(bar, false) ?? 0];
  },
  // That VWAP starts with its first bar, so a rolling one is a new one for every window.
  vwap: () => (_bar, t, bars) => {
    if (t < 19) return null;
    const vwap = new VWAP();
    for (const bar of bars.slice(t - 19, t + 1)) vwap.update(bar, false);
    return [vwap.getResult()];
  },
  volume_sma: () => {
    const average = new SMA(20);
    return ({ volume }) => [average.update(volume, false)];
  },
};

function single(indicator: { update(price: number, replace: boolean): number | null }): Reference {
  return ({ close }) => [indicator.update(close, false)];
}

function barsOf({ open, high, low, close, volume, length }: Candles): Bar[] {
  return Array.from({ length }, (_, t) => ({
    open: open[t],
    high: high[t],
    low: low[t],
    close: close[t],
    volume: volume[t],
  }));
}

describe('trading-signals agrees', () => {
  const candles = randomCandles(400, 5);
  const bars = barsOf(candles);

  it.each(Object.keys(REFERENCES) as IndicatorName[])('on %s', (name) => {
    const indicator = INDICATOR_CATALOG[name];
    const { outputs } = indicator.compute(candles);
    const reference = REFERENCES[name]();
    bars.forEach((bar, t) => {
      const expected = reference(bar, t, bars);
      if (t < indicator.warmup) return;
      expect(expected).toHaveLength(outputs.length);
      outputs.forEach((output, k) => {
        const value = expected?.[k] ?? Number.NaN;
        // Differences of prices near 1.1 can't be told apart below 1e-15.
        expect(Math.abs(output[t] - value), `bar ${t}: ${output[t]}, not ${value}`).toBeLessThanOrEqual(
          1e-9 * Math.abs(value) + 1e-15,
        );
      });
    });
  });
});
