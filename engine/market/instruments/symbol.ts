import { EngineError } from '../../contract/errors.ts';

const SYMBOL = /^[A-Z0-9._-]{1,32}$/;

/**
 * A symbol in upper case. Throws `invalid-input` unless it consists of 1 to 32 letters, digits, dots, dashes and
 * underscores, with at least one letter or digit: it names files, so nothing that could lead out of a folder may pass.
 */
export function parseSymbol(text: string): string {
  const symbol = text.trim().toUpperCase();
  if (!SYMBOL.test(symbol) || !/[A-Z0-9]/.test(symbol) || symbol.startsWith('.')) {
    throw new EngineError(
      'invalid-input',
      `"${text}" can not be a symbol. Use up to 32 letters, digits, dots, dashes and underscores, such as EURUSD or EURUSD.PRO.`,
    );
  }
  return symbol;
}

/** The least and the most of a currency or metal that one US dollar has bought since about 1980. */
const PER_DOLLAR: Readonly<Record<string, readonly [least: number, most: number]>> = {
  USD: [1, 1],
  EUR: [0.6, 1.25],
  GBP: [0.4, 1],
  JPY: [70, 300],
  CHF: [0.7, 2.9],
  AUD: [0.65, 2.1],
  NZD: [0.65, 2.6],
  CAD: [0.88, 1.65],
  SEK: [4.5, 12],
  NOK: [4.5, 13],
  DKK: [4.5, 12],
  PLN: [2, 5.5],
  CZK: [14, 45],
  HUF: [140, 480],
  TRY: [0.5, 100],
  ZAR: [2.5, 25],
  MXN: [7, 30],
  SGD: [1.1, 2.3],
  HKD: [7.5, 8],
  CNH: [5.8, 8],
  CNY: [5.8, 9],
  THB: [24, 60],
  ILS: [2.8, 5.5],
  RUB: [20, 150],
  INR: [30, 120],
  XAU: [1 / 10_000, 1 / 200],
  XAG: [1 / 200, 1 / 3],
  XPT: [1 / 4000, 1 / 300],
  XPD: [1 / 4000, 1 / 80],
};

/** Base and quote currency at the beginning of a symbol (`EURUSD.PRO`, `EUR_USD`), or undefined. */
export function currencyPair(symbol: string): { base: string; quote: string } | undefined {
  const [, base, quote] = /^([A-Z]{3})[._-]?([A-Z]{3})/.exec(symbol.toUpperCase()) ?? [];
  if (base === undefined || quote === undefined || base === quote) return undefined;
  if (!Object.hasOwn(PER_DOLLAR, base) || !Object.hasOwn(PER_DOLLAR, quote)) return undefined;
  return { base, quote };
}

/** Prices a pair may plausibly have had, or undefined for a symbol that is no known pair. */
export function plausiblePrices(symbol: string): { low: number; high: number } | undefined {
  const pair = currencyPair(symbol);
  if (pair === undefined) return undefined;
  const [leastBase, mostBase] = PER_DOLLAR[pair.base]!;
  const [leastQuote, mostQuote] = PER_DOLLAR[pair.quote]!;
  return { low: leastQuote / mostBase, high: mostQuote / leastBase };
}

/** A symbol named somewhere in a file name, or undefined: `DAT_ASCII_EURUSD_M1_2017.csv` -> `EURUSD`. */
export function symbolInName(fileName: string): string | undefined {
  for (const [, base, quote] of fileName.toUpperCase().matchAll(/(?=([A-Z]{3})[._-]?([A-Z]{3}))/g)) {
    const symbol = `${base}${quote}`;
    if (currencyPair(symbol) !== undefined) return symbol;
  }
  return undefined;
}
