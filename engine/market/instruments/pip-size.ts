/** Market convention: 0.01 for currencies quoted in two decimals (JPY, HUF, THB, INR), 0.1 for gold, 0.01 for silver, else 0.0001. */
export function pipSize(symbol: string): number {
  const letters = symbol.toUpperCase().replace(/[^A-Z]/g, '');
  if (letters.includes('XAU')) return 0.1;
  if (letters.includes('XAG') || /[A-Z]{3}(JPY|HUF|THB|INR)/.test(letters)) return 0.01;
  return 0.0001;
}

/**
 * The pip of a file's own prices: where they have fewer decimals than the convention's pip, as pairs have that some brokers quote in three
 * (USDCZK), a pip is 0.01, or the last decimal.
 */
export function pipOfFile(symbol: string, digits: number): number {
  const usual = pipSize(symbol);
  const point = 10 ** -digits;
  // A file of binary numbers, or of wholes alone, does not tell.
  if (usual !== 0.0001 || digits < 1 || point <= usual * (1 + 1e-9)) return usual;
  return digits === 3 ? 0.01 : point;
}
