import { withMeta } from './container.ts';
import type { TextFormat } from './format.ts';
import { genericCsv } from './generic-csv.ts';

/**
 * Alpha Vantage: `{"Meta Data": {"2. From Symbol": "EUR", …, "7. Time Zone": "UTC"}, "Time Series FX (60min)": {"2024-01-05 21:00:00": {"1. open": …}}}`,
 * newest first, in the zone that it names.
 */
export const alphaVantage: TextFormat = {
  kind: 'text',
  name: 'alpha-vantage',
  title: 'Alpha Vantage time series',
  recognize(sample) {
    const { origin } = sample;
    if (origin?.container !== 'JSON') return { reason: 'it is no JSON' };
    if (!origin.meta.has('last refreshed') || !origin.meta.has('information')) {
      return { reason: 'there is no "Meta Data" with Information and Last Refreshed' };
    }
    const read = genericCsv.recognize(sample);
    if ('reason' in read) return read;
    return { confidence: 0.95, found: { ...read.found, hints: withMeta(read.found.hints, sample) } };
  },
};
