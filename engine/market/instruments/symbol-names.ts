import { readTimeframe } from '../../contract/timeframe.ts';
import { marketKind } from './kind.ts';
import { symbolInName } from './symbol.ts';

/** What brokers hang before and behind the name of a market: account types, mostly. */
const SUFFIX = /(?:[._-][A-Z0-9]{1,6}|M|C|I|RAW|ECN|PRO|STP|CASH|SPOT|MICRO|MINI|[#+!.^-]+)$/;
const PREFIX = /^(?:[A-Z]{1,4}[._-]|[#._^+!]+|M)/;
/** What coins are priced in. */
const QUOTES = /^(USD[TC]?|EUR|GBP|JPY|BTC|ETH)$/;
/** Longer than that what stands around a pair is no affix. */
const MOST_AROUND = 6;

/** `BTC/USDT`, `BTC-USD`, `C:EURUSD`, `EURUSD=X`: the letters and digits of a name, with dots and underscores. */
function lettersOf(text: string): string {
  return text
    .trim()
    .toUpperCase()
    .replace(/^[A-Z]+:/, '')
    .replace(/=[XF]$/, '')
    .replace(/^[^A-Z0-9]+/, '')
    .replace(/^([A-Z]{3,5})[/_-]([A-Z]{3,5})$/, '$1$2')
    .replace(/[^A-Z0-9._]/g, '');
}

/**
 * The market that a broker's name stands for: `EURUSD.m`, `EURUSD_i`, `m.EURUSD`, `EURUSDm` -> `EURUSD`, `#US30`, `US30.cash` -> `US30`,
 * `BTC/USDT` -> `BTCUSDT`. A name that stands for nothing that is known stays, without signs that no symbol has.
 */
export function marketOfName(text: string): string {
  const name = lettersOf(text);
  if (name.startsWith('DEMO_')) return name;
  // What stands in for a fiat currency is another market: EURUSDT.
  const pair = marketKind(name) === 'crypto' ? undefined : symbolInName(name);
  if (pair !== undefined) {
    return name.replace(/[._]/g, '').length - pair.length <= MOST_AROUND ? pair : name;
  }
  for (const plain of [
    name,
    name.replace(PREFIX, ''),
    name.replace(SUFFIX, ''),
    name.replace(PREFIX, '').replace(SUFFIX, ''),
  ]) {
    if (isWhole(plain)) return plain;
  }
  return name;
}

/** A market named somewhere in the name of a file, or undefined: `Binance_BTCUSDT_1h.csv` -> `BTCUSDT`, `US30.cash_M5.csv` -> `US30`. */
export function marketInFileName(fileName: string): string | undefined {
  const words = fileName
    .toUpperCase()
    .replace(/\.[A-Z0-9]{2,4}(\.GZ)?$/, '')
    .split(/[^A-Z0-9]+/);
  // BTC-USD is two words.
  const joined = words.slice(1).flatMap((word, i) => (QUOTES.test(word) ? [`${words[i]}${word}`] : []));
  for (const candidate of [...joined.filter((one) => marketKind(one) === 'crypto'), ...words]) {
    const market = marketOfName(candidate);
    const kind = marketKind(market);
    if (kind !== 'pair' && kind !== 'other' && isWhole(market)) return market;
  }
  return symbolInName(fileName);
}

/** Whether a name is that of a market, with nothing around it. */
function isWhole(name: string): boolean {
  if (!/^[A-Z0-9]+$/.test(name)) return false;
  const kind = marketKind(name);
  if (kind === 'other') return false;
  const shorter = name.replace(SUFFIX, '');
  // US30CASH is US30 with something behind it.
  return shorter === name || shorter.length < 3 || marketKind(shorter) !== kind;
}

/** What is said where a file writes its market in a broker's way; undefined where it does not. */
export function namingNote(written: string, taken: string): string | undefined {
  const plain = written.trim().toUpperCase();
  if (plain === taken || plain.replace(/[/_-]/g, '') === taken) return undefined;
  return `Its symbol is written ${written.trim()}, which stands for ${taken}. Name the symbol yourself to store it under another.`;
}

/** What is said where bars are stored under a broker's name; undefined where they are not. */
export function apartNote(symbol: string): string | undefined {
  const market = marketOfName(symbol);
  if (market === symbol.toUpperCase()) return undefined;
  return `${symbol} is stored under that name, apart from ${market}, which it stands for. Name the symbol ${market} to join it with that.`;
}

/** As `namingNote`, of a market named in the name of a file: `EURUSD.m_H1.csv`. */
export function fileNamingNote(fileName: string): string | undefined {
  const market = marketInFileName(fileName);
  if (market === undefined) return undefined;
  const stem = fileName.replace(/\.[a-z0-9]{2,4}(\.gz)?$/i, '');
  const found = new RegExp(
    `(?<![a-z0-9])(?:[a-z]{1,2}[._]|[#!+^]|m)?${market}(?:(?:_[a-z]|\\.[a-z]{1,5})(?![a-z0-9])|[a-z]{1,4}(?=[\\W_]|$)|[#!+^-]+(?=[\\W_]|$))?`,
    'i',
  ).exec(stem);
  const written = found?.[0] ?? market;
  if (readTimeframe(written.slice(written.toUpperCase().indexOf(market) + market.length)) !== undefined)
    return undefined;
  return namingNote(written, market);
}
