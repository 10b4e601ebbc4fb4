import { ENCODERS } from '../engine/contract/words.ts';
import { buildFeatures } from '../engine/features/build.ts';
import { defaultIndicatorTimeframes } from '../engine/features/timeframes.ts';
import { sliceCandles } from '../engine/market/candles.ts';
import { resample } from '../engine/market/series/resample.ts';
import { hourlyCandles } from './market-data.ts';
import { medianMs, type Subject } from './subject.ts';

const BARS = 57_600;

export const featuresSubject: Subject = {
  name: 'features',
  title: 'all default features of 57,600 H1 bars',
  async measure(runs = 15) {
    const { candles: all, data } = await hourlyCandles('GBPUSD', BARS);
    const candles = sliceCandles(all, all.length - BARS, all.length);
    const higher = new Map([['H4', resample(candles, 'H4', 'new_york')] as const]);
    const indicatorTimeframes = defaultIndicatorTimeframes('H1');
    const figures = ENCODERS.map((encoder) => ({
      name: encoder,
      value: medianMs(runs, () => {
        buildFeatures({ candles, encoder, indicatorTimeframes, higher, fitEnd: BARS });
      }),
      unit: 'ms',
      atMost: 150,
    }));
    return { data, runs, figures };
  },
};
