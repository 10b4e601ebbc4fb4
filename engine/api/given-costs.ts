import type { Change } from '../config/edit.ts';
import { EngineError } from '../contract/errors.ts';
import type { SpreadUnit } from '../contract/spread-unit.ts';
import { knownPip, marketKind } from '../market/instruments/kind.ts';

/** What an import is told of a market's costs, as text: `12 price`, `0.02 %`, `3 pips`. */
export interface GivenCosts {
  readonly spread: string | undefined;
  /** Per side. */
  readonly commission: string | undefined;
  /** Of a spread that does not say its own. */
  readonly unit: SpreadUnit | undefined;
}

const AMOUNT = /^(\d+(?:\.\d*)?|\.\d+)\s*(price|fraction|pips?|points?|%)?$/i;
const EXAMPLES = '12 price, 0.02 % or 3 pips';

/**
 * Changes of the configuration that keep what was given; none where nothing was.
 * @throws EngineError `invalid-input` for what is no amount, or is in a unit that the market does not have
 */
export function givenCosts(symbol: string, { spread, commission, unit }: GivenCosts): Change[] {
  const keys = (key: string) => ['costs', 'symbols', symbol, key] as const;
  const changes: Change[] = [];
  if (spread !== undefined) {
    const given = spreadOf(symbol, spread, unit);
    const inPips = given.unit === 'pips' && marketKind(symbol) === 'pair';
    const drop = (...names: string[]) => names.map((name) => ({ keys: keys(name), value: undefined }));
    if (inPips) {
      changes.push(...drop('unit', 'unit_size', 'spread', 'slippage', 'swap_long', 'swap_short'));
      changes.push({ keys: keys('spread_pips'), value: given.amount });
    } else {
      changes.push(...drop('unit_size', 'spread_pips', 'slippage_pips', 'swap_long_pips', 'swap_short_pips'));
      changes.push({ keys: keys('spread'), value: given.amount }, { keys: keys('unit'), value: given.unit });
    }
  }
  if (commission !== undefined) {
    changes.push({ keys: keys('commission_per_side'), value: commissionOf(commission) });
  }
  return changes;
}

function spreadOf(symbol: string, text: string, otherwise: SpreadUnit | undefined) {
  const read = readAmount(text);
  const unit = read?.unit ?? otherwise;
  if (read === undefined || unit === undefined) {
    throw refused(`"${text}" says no spread of ${symbol}: use a number and its unit, such as ${EXAMPLES}.`);
  }
  if (unit === 'points') {
    throw refused(
      `How much a point of ${symbol} is differs from broker to broker: give its spread as ${EXAMPLES}.`,
    );
  }
  if (unit === 'pips' && knownPip(symbol) === undefined) {
    throw refused(`${symbol} has no pips that are known: give its spread as 12 price or 0.02 %.`);
  }
  return { amount: read.amount, unit };
}

/** Fraction of the traded value. */
function commissionOf(text: string): number {
  const read = readAmount(text);
  if (read === undefined || (read.unit !== 'fraction' && read.unit !== undefined) || read.amount > 0.05) {
    throw refused(
      `"${text}" is no commission: use the share of the traded value that a side costs, 0 to 5 %, such as 0.05 % or 0.0005.`,
    );
  }
  return read.amount;
}

function readAmount(text: string): { amount: number; unit: SpreadUnit | 'fraction' | undefined } | undefined {
  const [, digits, word] = AMOUNT.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  const amount = Number(digits);
  switch (word?.toLowerCase()) {
    case '%':
      // 0.07 % is 0.0007, not 0.0007000000000000001.
      return { amount: Number((amount / 100).toPrecision(12)), unit: 'fraction' };
    case 'price':
    case 'fraction':
      return { amount, unit: word!.toLowerCase() as 'price' | 'fraction' };
    case undefined:
      return { amount, unit: undefined };
    default:
      return { amount, unit: /^pip/i.test(word!) ? 'pips' : 'points' };
  }
}

function refused(message: string): EngineError {
  return new EngineError('invalid-input', message);
}
