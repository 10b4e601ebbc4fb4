/** What a spread is written in: units of a price's last digit, pips of the market, or the price itself. */
export const SPREAD_UNITS = ['points', 'pips', 'price'] as const;
export type SpreadUnit = (typeof SPREAD_UNITS)[number];
