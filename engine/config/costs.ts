import { z } from 'zod';
import type { CostModel } from '../backtest/costs.ts';
import { ASKED_KINDS, COST_UNITS } from '../contract/market-kind.ts';
import { expected, expectedObject } from '../contract/problems.ts';
import { knownPip, marketKind } from '../market/instruments/kind.ts';
import { number, oneOf, section, symbolName } from './values.ts';

/** What trading costs: of currency pairs in pips, of anything else in a unit that is named. */

/** @param otherwise what is said beside the range where an amount lies outside it */
function pipShape(otherwise = '') {
  const pips = (least: number) => number(least, 1000, `a number from ${least} to 1000${otherwise}`);
  return {
    spread_pips: pips(0),
    slippage_pips: pips(0),
    commission_per_side: number(0, 0.05),
    swap_long_pips: pips(-1000),
    swap_short_pips: pips(-1000),
  };
}

/** Whoever needs more has a market without pips. */
const OTHER_UNIT =
  ' pips, or of a market without pips an amount in its own unit: { spread: 12, unit: price }';

const MOST = 1_000_000;

const unitShape = {
  unit: oneOf(COST_UNITS),
  unit_size: number(1e-9, MOST, `a number from 0.000000001 to ${MOST}`),
  spread: number(0, MOST),
  slippage: number(0, MOST),
  commission_per_side: number(0, 0.05),
  swap_long: number(-MOST, MOST),
  swap_short: number(-MOST, MOST),
};

/** Amounts, as they are called in pips and in a unit of their own. */
const AMOUNTS = ['spread', 'slippage', 'swap_long', 'swap_short'] as const;

const ofKind = section(unitShape).partial().superRefine(checkUnit);
const ofSymbol = section({ ...unitShape, ...pipShape(OTHER_UNIT) })
  .partial()
  .superRefine(checkUnit);

type OwnCosts = z.output<typeof ofSymbol>;

export const costsSchema = section({
  default: section(pipShape()),
  kinds: z.partialRecord(oneOf(ASKED_KINDS), ofKind, { error: expectedObject('kinds and their costs') }),
  symbols: z
    .record(symbolName, ofSymbol, { error: expected('symbols and their costs') })
    .superRefine((symbols, ctx) => {
      for (const [symbol, { unit, unit_size: size }] of Object.entries(symbols)) {
        if (unit !== 'pips' || size !== undefined || knownPip(symbol) !== undefined) continue;
        const message = `expected unit_size, the price units of a pip of ${symbol}: none is known`;
        ctx.addIssue({ code: 'custom', path: [symbol, 'unit_size'], message });
      }
    }),
});

function checkUnit(given: OwnCosts, ctx: z.RefinementCtx): void {
  const refuse = (key: string, message: string) => ctx.addIssue({ code: 'custom', path: [key], message });
  const { unit, unit_size: size } = given;
  for (const amount of AMOUNTS) {
    const inPips = `${amount}_pips` as const;
    if (unit === undefined && given[amount] !== undefined)
      refuse(
        'unit',
        `expected ${COST_UNITS.join(', ')} beside "${amount}", such as { ${amount}: 12, unit: price }`,
      );
    if (unit !== undefined && given[inPips] !== undefined)
      refuse(inPips, `expected "${amount}" beside "unit", which says what it is counted in`);
  }
  if (unit === 'points' && size === undefined)
    refuse('unit_size', 'expected the price units of a point, such as 0.01');
  if (unit === 'fraction' && (given.spread ?? 0) > 0.1)
    refuse('spread', `expected a fraction of the price, such as 0.0002 for 0.02 %, found ${given.spread}`);
  if ((unit === 'price' || unit === 'fraction') && size !== undefined)
    refuse('unit_size', `expected none beside "unit: ${unit}": it is of pips and points`);
}

interface CostsSection {
  readonly costs: z.output<typeof costsSchema>;
}

/** What a symbol costs by the configuration. */
export interface FoundCosts {
  readonly costs: CostModel;
  /** Whether a trade costs anything where the data has no spread: always for currency pairs, else where the configuration says so. */
  readonly given: boolean;
}

/**
 * Costs of a symbol: those of currency pairs its own, key by key, else the default; of anything else its own where they name a unit (or
 * pips, of metals that have them), over those of its kind. Without either nothing is known of them.
 */
export function costsOf({ costs }: CostsSection, symbol: string): FoundCosts {
  const kind = marketKind(symbol);
  const own = ownOf(costs.symbols, symbol);
  if (own.unit !== undefined) return found(inUnit(own, symbol));
  if (kind === 'pair') return { costs: inPips({ ...costs.default, ...own }), given: true };
  if (AMOUNTS.some((amount) => own[`${amount}_pips`] !== undefined) && knownPip(symbol) !== undefined)
    return found(inPips(own));
  return found(inUnit({ ...ownOf(costs.kinds, kind), ...commission(own) }, symbol));
}

function ownOf(table: Readonly<Record<string, OwnCosts | undefined>>, key: string): OwnCosts {
  const own = Object.hasOwn(table, key) ? table[key] : undefined;
  return Object.fromEntries(Object.entries(own ?? {}).filter(([, cost]) => cost !== undefined));
}

function commission({ commission_per_side: paid }: OwnCosts): OwnCosts {
  return paid === undefined ? {} : { commission_per_side: paid };
}

function found(costs: CostModel): FoundCosts {
  return { costs, given: costs.spreadPips + costs.slippagePips + costs.commissionPerSide > 0 };
}

function inPips(own: OwnCosts): CostModel {
  return {
    spreadPips: own.spread_pips ?? 0,
    slippagePips: own.slippage_pips ?? 0,
    commissionPerSide: own.commission_per_side ?? 0,
    swapLongPips: own.swap_long_pips ?? 0,
    swapShortPips: own.swap_short_pips ?? 0,
  };
}

function inUnit(own: OwnCosts, symbol: string): CostModel {
  const { unit, unit_size: size } = own;
  const amounts = {
    spreadPips: own.spread ?? 0,
    slippagePips: own.slippage ?? 0,
    commissionPerSide: own.commission_per_side ?? 0,
    swapLongPips: own.swap_long ?? 0,
    swapShortPips: own.swap_short ?? 0,
  };
  if (unit === 'fraction') return { ...amounts, unit };
  if (size === undefined) {
    // What is in pips of the market, if there are any, is as if it were said in the keys of pips.
    return unit === 'pips' && knownPip(symbol) !== undefined ? amounts : { ...amounts, unit: 'price' };
  }
  // 3 points of 0.1 are 0.3, not 0.30000000000000004.
  const sized = (amount: number) => Number((amount * size).toPrecision(12));
  return {
    spreadPips: sized(amounts.spreadPips),
    slippagePips: sized(amounts.slippagePips),
    commissionPerSide: amounts.commissionPerSide,
    swapLongPips: sized(amounts.swapLongPips),
    swapShortPips: sized(amounts.swapShortPips),
    unit: 'price',
  };
}
