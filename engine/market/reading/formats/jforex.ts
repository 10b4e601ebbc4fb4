import { columnFor, priceColumns } from './column-names.ts';
import type { TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';

/** Dukascopy's JForex platform: the header names the zone, `Time (EET),Open,High,Low,Close,Volume `. */
export const jforex: TextFormat = {
  kind: 'text',
  name: 'jforex',
  title: 'JForex export',
  recognize(sample) {
    const { header } = sample;
    if (header === undefined) return { reason: 'there is no header line' };
    const zone = /^Time \((?<zone>[^)]+)\)$/.exec(header[0])?.groups?.zone;
    if (zone === undefined) return { reason: 'the first column is not Time with a zone: Time (EET)' };
    const prices = priceColumns(header);
    if (prices === undefined) return { reason: 'open, high, low or close is missing in the header' };
    return {
      confidence: 0.95,
      found: layoutFrom(sample, {
        stamp: [0],
        prices,
        volume: columnFor('volume', header),
        hints: { timezone: zone, notes: [] },
      }),
    };
  },
};
