import { withMeta } from './container.ts';
import type { TextFormat } from './format.ts';
import { genericCsv } from './generic-csv.ts';

/**
 * OANDA's v20 API: `{"instrument": "EUR_USD", "granularity": "H1", "candles": [{"complete": true, "volume": 1, "time": "…Z", "mid": {"o": …}}]}`,
 * with `bid` and `ask` beside `mid` or instead of it. Times are UTC.
 */
export const oanda: TextFormat = {
  kind: 'text',
  name: 'oanda',
  title: 'OANDA candles',
  recognize(sample) {
    const { header, origin } = sample;
    if (origin?.container !== 'JSON') return { reason: 'it is no JSON' };
    const has = (name: string) => header?.includes(name) ?? false;
    if (!has('complete') || !['mid.o', 'bid.o', 'ask.o'].some(has)) {
      return { reason: 'there are no candles of mid, bid or ask, and no complete' };
    }
    const read = genericCsv.recognize(sample);
    if ('reason' in read) return read;
    const hints = withMeta(read.found.hints, sample);
    return { confidence: 0.95, found: { ...read.found, hints: { ...hints, timezone: 'UTC' } } };
  },
};
