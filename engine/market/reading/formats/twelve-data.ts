import { withMeta } from './container.ts';
import type { TextFormat } from './format.ts';
import { genericCsv } from './generic-csv.ts';

/**
 * Twelve Data: `{"meta": {"symbol": "EUR/USD", "interval": "1h", …}, "values": [{"datetime": …, "open": …}], "status": "ok"}`, newest first, in the
 * zone of the exchange; currencies, which have none, in UTC.
 */
export const twelveData: TextFormat = {
  kind: 'text',
  name: 'twelve-data',
  title: 'Twelve Data time series',
  recognize(sample) {
    const { header, origin } = sample;
    if (origin?.container !== 'JSON') return { reason: 'it is no JSON' };
    if (!origin.meta.has('interval') || header?.includes('datetime') !== true) {
      return { reason: 'there is no "meta" with an interval, and no datetime in the rows' };
    }
    const read = genericCsv.recognize(sample);
    if ('reason' in read) return read;
    const hints = withMeta(read.found.hints, sample);
    return {
      confidence: 0.9,
      found: {
        ...read.found,
        hints:
          hints.timezone !== undefined
            ? hints
            : {
                ...hints,
                timezone: 'UTC',
                notes: [
                  ...hints.notes,
                  'Twelve Data writes currencies in UTC where no other zone was asked for: set the time zone of the file if one was.',
                ],
              },
      },
    };
  },
};
