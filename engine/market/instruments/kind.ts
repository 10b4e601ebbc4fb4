import type { MarketKind } from '../../contract/market-kind.ts';
import { pipSize } from './pip-size.ts';
import { currencyPair, symbolInName } from './symbol.ts';

const METALS = /^(XAU|XAG|XPT|XPD|XCU)|^(GOLD|SILVER|PLATINUM|PALLADIUM|COPPER)/;

const ENERGY =
  /^(XTI|XBR|XNG)|^((US|UK|SPOT)?(OIL|CRUDEOIL|CRUDE|BRENT|WTI)|NGAS|NATGAS|NATURALGAS|GASOLINE|HEATINGOIL)/;

/** Names that brokers give to stock indices; the number is how many shares they have. */
const INDICES =
  /^(US(30|100|500|2000|TEC)|U(30|100|500)USD|NAS(DAQ)?\d*|NDX|NQ100|SP(X|500)|SPX500|DJ(I|IA|30)?|WS30|DOW|WALLSTREET|RUSSELL|RUT|VIX|GER(MANY)?\d+|DE(30|40|U30|U40)|DAX|UK(100|X)|FTSE|FRA(NCE)?40|F40|CAC|EU(STX|STOXX)?50|E(U)?STOXX|STOXX|EUROPE50|JP(N)?225|J225|NIKKEI|NI225|HK(G)?(33|50)|HSI|AUS(TRALIA)?200|ASX|ES(P)?35|SPA(IN)?35|IBEX|IT(A)?40|SWI?20|SUI20|CH20|SMI|CHN?50|CN50|CHINA(A)?50|NETH25|N25|AEX|SG30|SING30|IN50|NIFTY|TWIX|NOR25|SA40|USDX|DXY|USDINDEX|DOLLARINDEX)/;

/** Coins that are traded against money; whatever is priced in a coin that stands for a dollar is crypto anyhow. */
const COINS =
  'BTC|XBT|ETH|LTC|XRP|BCH|BNB|ADA|SOL|DOT|DOGE|AVAX|LINK|UNI|XLM|TRX|EOS|XMR|ETC|DASH|ZEC|NEO|IOTA|XTZ|ATOM|ALGO|FIL|AAVE|MATIC|POL|SHIB|PEPE|TON|NEAR|APT|ARB|SUI|ICP|HBAR|VET|SAND|MANA|GRT|COMP|MKR|SNX|YFI|INJ|OP|RUNE|KSM|FTM';
const CRYPTO = new RegExp(
  `^(${COINS})[._-]?(USDT?|USDC|EUR|GBP|JPY|BTC|ETH|AUD|CAD|CHF|BUSD|PERP)|[A-Z0-9]{2,}[._-]?(USDT|USDC|BUSD|FDUSD|TUSD)|^(BITCOIN|ETHEREUM|LITECOIN|RIPPLE|BTC|ETH)$`,
);

/**
 * What a symbol names, by its letters: prefixes and suffixes of brokers do no harm. Metals against currencies are metals, though they are
 * quoted as pairs; what is not recognized is `other`.
 */
export function marketKind(symbol: string): MarketKind {
  const name = bareName(symbol);
  if (names(METALS, name)) return 'metal';
  // A cent account calls EURUSD so.
  const isCent = /^[A-Z]{3}USDC$/.test(name) && currencyPair(name) !== undefined;
  if (CRYPTO.test(name) && !isCent) return 'crypto';
  if (names(ENERGY, name)) return 'energy';
  if (names(INDICES, name)) return 'index';
  const pair = symbolInName(name);
  if (pair === undefined) return 'other';
  const { base, quote } = currencyPair(pair)!;
  return base.startsWith('X') || quote.startsWith('X') ? 'metal' : 'pair';
}

/** What brokers write behind a word. */
const BEHIND = /^(USD|EUR|GBP|CASH|SPOT|MINI|MICRO|ROLL|FUT|PRO|RAW|ECN|M|C|I)?(?![A-Z])/;

/** Whether it begins with one of the names; one that ends in a letter is a word, which DOWNLOAD does not begin with. */
function names(known: RegExp, name: string): boolean {
  const [found, code] = known.exec(name) ?? [];
  if (found === undefined) return false;
  const isCode = code?.length === 3 && code.startsWith('X');
  return isCode || /\d$/.test(found) || BEHIND.test(name.slice(found.length));
}

/** The symbol without what stands before its first letter or digit and without the mark of the built-in market. */
function bareName(symbol: string): string {
  return symbol
    .toUpperCase()
    .replace(/^[^A-Z0-9]+/, '')
    .replace(/^DEMO_/, '');
}

/** Price units of a pip, where the market's convention knows one: of currency pairs, gold and silver. */
export function knownPip(symbol: string): number | undefined {
  const kind = marketKind(symbol);
  if (kind === 'pair') return pipSize(symbol);
  return kind === 'metal' && /XA[UG]/.test(symbol.toUpperCase()) ? pipSize(symbol) : undefined;
}
