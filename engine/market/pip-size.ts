/** Market convention: 0.01 for currencies quoted in two decimals (JPY, HUF), 0.1 for gold, 0.01 for silver, else 0.0001. */
export function pipSize(symbol: string): number {
  const letters = symbol.toUpperCase().replace(/[^A-Z]/g, '');
  if (letters.includes('XAU')) return 0.1;
  if (letters.includes('XAG') || /[A-Z]{3}(JPY|HUF)/.test(letters)) return 0.01;
  return 0.0001;
}
