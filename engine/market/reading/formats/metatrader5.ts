import type { TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';

const COLUMNS = ['DATE', 'TIME', 'OPEN', 'HIGH', 'LOW', 'CLOSE', 'TICKVOL', 'VOL', 'SPREAD'];

/**
 * MetaTrader 5, "Export bars": tabs, `<DATE> <TIME> <OPEN> <HIGH> <LOW> <CLOSE> <TICKVOL> <VOL> <SPREAD>`, some tools
 * drop the angle brackets; daily bars have no time. The clock is the trading server's; spread counts points.
 */
export const metatrader5: TextFormat = {
  kind: 'text',
  name: 'metatrader5',
  title: 'MetaTrader 5 export',
  recognize(sample) {
    const { header } = sample;
    if (header === undefined) return { reason: 'there is no header line' };
    const names = header.map((name) => name.replace(/^<(.*)>$/, '$1').toUpperCase());
    const bracketed = header.every((name) => /^<.*>$/.test(name));
    if (!bracketed && sample.delimiter !== '\t') return { reason: 'the columns are not separated by tabs' };
    const strange = names.find((name) => !COLUMNS.includes(name));
    if (strange !== undefined) return { reason: `MetaTrader 5 has no column "${strange}"` };
    const missing = ['DATE', 'OPEN', 'HIGH', 'LOW', 'CLOSE'].find((name) => !names.includes(name));
    if (missing !== undefined) return { reason: `there is no column <${missing}>` };
    const at = (name: string) => names.indexOf(name);
    const optional = (name: string) => (names.includes(name) ? at(name) : undefined);
    return {
      confidence: 0.95,
      found: layoutFrom(sample, {
        stamp: names.includes('TIME') ? [at('DATE'), at('TIME')] : [at('DATE')],
        prices: [at('OPEN'), at('HIGH'), at('LOW'), at('CLOSE')],
        volume: optional('TICKVOL') ?? optional('VOL'),
        spread: optional('SPREAD'),
        spreadUnit: 'points',
      }),
    };
  },
};
