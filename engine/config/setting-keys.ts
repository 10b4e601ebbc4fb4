import type { KeyPath } from './edit.ts';
import { configSchema } from './schema.ts';

const { costs, validation } = configSchema.shape;

/** Sections that are kept per symbol: how many names lead to them, and the keys of a symbol. */
function perSymbol(keys: readonly string[]): { depth: number; known: readonly string[] } | undefined {
  const [first, second, third] = keys;
  if (first === 'costs' && second === 'symbols') {
    return { depth: 2, known: Object.keys(costs.shape.symbols.valueType.shape) };
  }
  const modes = validation.shape.targets.shape;
  if (first !== 'validation' || second !== 'targets' || third === undefined) return undefined;
  if (!Object.hasOwn(modes, third)) return undefined;
  return { depth: 3, known: Object.keys(modes[third as keyof typeof modes].valueType.shape) };
}

/**
 * The keys of a setting's path: `queue.threads`, `costs.symbols.EURUSD.spread_pips`. Symbols may have dots of their own.
 */
export function settingKeys(path: string): KeyPath {
  const keys = path.split('.');
  const { depth, known } = perSymbol(keys) ?? { depth: keys.length, known: [] };
  const [first = '', ...section] = keys.slice(0, depth);
  const symbol = keys.slice(depth);
  const last = symbol.at(-1);
  if (last === undefined) return [first, ...section];
  return symbol.length > 1 && known.includes(last)
    ? [first, ...section, symbol.slice(0, -1).join('.'), last]
    : [first, ...section, symbol.join('.')];
}
