/** What is traded: a currency against another, or something else whose costs are its own. */
export const MARKET_KINDS = ['pair', 'metal', 'crypto', 'index', 'energy', 'other'] as const;
export type MarketKind = (typeof MARKET_KINDS)[number];

/** Kinds whose costs nobody knows but who trades them: only currency pairs have default ones. */
export const ASKED_KINDS = ['metal', 'crypto', 'index', 'energy', 'other'] as const satisfies MarketKind[];
export type AskedKind = (typeof ASKED_KINDS)[number];

/** What costs are counted in: the price itself, a fraction of it, pips, or points of a broker. */
export const COST_UNITS = ['price', 'fraction', 'pips', 'points'] as const;
export type CostUnit = (typeof COST_UNITS)[number];
