/** Market convention: 0.01 for currencies quoted in two decimals (JPY, HUF, THB, INR), 0.1 for gold, 0.01 for silver, else 0.0001. */
export function pipSize(symbol: string): number {
  const letters = symbol.toUpperCase().replace(/[^A-Z]/g, '');
  if (letters.includes('XAU')) return 0.1;
  if (letters.includes('XAG') || /[A-Z]{3}(JPY|HUF|THB|INR)/.test(letters)) return 0.01;
  return 0.0001;
}

/**
 * The pip of prices with so many decimals: where they have fewer than the convention's pip, as pairs have that some brokers quote in three
 * (USDCZK), a pip is 0.01, or the last decimal. A pip of more than a thousandth of the price is none.
 *
 * @param price a typical one
 */
export function pipOfDecimals(symbol: string, digits: number, price: number): number {
  const usual = pipSize(symbol);
  const point = 10 ** -digits;
  // Prices of binary numbers, or of wholes alone, do not tell.
  if (usual !== 0.0001 || digits < 1 || point <= usual * (1 + 1e-9)) return usual;
  const pip = digits === 3 ? 0.01 : point;
  return pip > price / 1000 ? usual : pip;
}

/** Prices that are looked at, evenly taken. */
const LOOKED_AT = 1000;
/** Of these so many may have more decimals than the others: what was written by way of binary numbers has. */
const NOISE = 0.02;

/** The pip of stored prices, by the decimals that all but a few have; see `pipOfDecimals`. */
export function pipOfPrices(symbol: string, prices: Float64Array): number {
  const usual = pipSize(symbol);
  if (usual !== 0.0001 || prices.length === 0) return usual;
  const step = Math.ceil(prices.length / LOOKED_AT);
  const decimals: number[] = [];
  for (let row = 0; row < prices.length; row += step) decimals.push(decimalsOf(prices[row]!));
  decimals.sort((a, b) => b - a);
  return pipOfDecimals(symbol, decimals[Math.floor(decimals.length * NOISE)]!, prices[prices.length - 1]!);
}

function decimalsOf(price: number): number {
  const [, behind = ''] = String(price).split('.');
  return behind.length;
}
