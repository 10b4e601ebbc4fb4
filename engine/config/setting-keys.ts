import type { KeyPath } from './edit.ts';
import { configSchema } from './schema.ts';

const COST_KEYS = Object.keys(configSchema.shape.costs.shape.default.shape);

/**
 * The keys of a setting's path: `queue.threads`, `costs.symbols.EURUSD.spread_pips`. Symbols may have dots of their own.
 */
export function settingKeys(path: string): KeyPath {
  const [first = '', ...rest] = path.split('.');
  const [section, ...symbol] = rest;
  const last = symbol.at(-1);
  if (first !== 'costs' || section !== 'symbols' || last === undefined) return [first, ...rest];
  return symbol.length > 1 && COST_KEYS.includes(last)
    ? [first, section, symbol.slice(0, -1).join('.'), last]
    : [first, section, symbol.join('.')];
}
