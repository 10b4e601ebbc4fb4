import type { TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';

/**
 * TradingView, "Export chart data": `time,open,high,low,close`, then the chart's indicators and perhaps `Volume`. Stamps
 * are ISO 8601 with an offset, which changes with daylight saving inside the file, or epoch seconds.
 */
export const tradingview: TextFormat = {
  kind: 'text',
  name: 'tradingview',
  title: 'TradingView chart export',
  recognize(sample) {
    const { header } = sample;
    if (header === undefined) return { reason: 'there is no header line' };
    if (header.slice(0, 5).join() !== 'time,open,high,low,close') {
      return { reason: 'the header does not begin with time,open,high,low,close' };
    }
    if (header.includes('volume')) return { reason: 'TradingView writes "Volume", not "volume"' };
    const fitting = sample.rows.filter(([stamp]) => /^\d{4}-\d\d-\d\d(T\S*)?$|^\d{9,10}$/.test(stamp));
    if (fitting.length < sample.rows.length / 2)
      return { reason: 'the stamps are not ISO 8601 or epoch seconds' };
    const volume = header.indexOf('Volume');
    return {
      confidence: 0.9,
      found: layoutFrom(sample, {
        stamp: [0],
        prices: [1, 2, 3, 4],
        volume: volume < 0 ? undefined : volume,
      }),
    };
  },
};
