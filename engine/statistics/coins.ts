import { sha256 } from '../identity/digest.ts';

/** How many coins every market day has. */
export const COINS = 500;

/** Days whose coins share a byte, and whose signed sums share a table. */
const PACKED_DAYS = 8;
const BITS_A_DIGEST = 256;

/** The coins of a row of market days. */
export interface CoinTosses {
  readonly days: number;
  readonly coins: number;
  /** Byte [p * coins + b]: bit i is set where coin b of day 8 p + i is +1. */
  readonly faces: Uint8Array;
}

/**
 * Coins e_b(d) = +1 or -1, b = 0..`coins` - 1, of a symbol's market days, given as days since 1970-01-01, ascending. A
 * coin depends on symbol, day and b alone: bit b mod 256 (of each byte the lowest first) of the SHA-256 of
 * "day b/256 symbol" (b/256 rounded down, parts parted by a space), so it is the same in every window, strategy, thread and machine.
 */
export function tossCoins(symbol: string, days: ArrayLike<number>, coins = COINS): CoinTosses {
  const faces = new Uint8Array(Math.ceil(days.length / PACKED_DAYS) * coins);
  for (let day = 0; day < days.length; day++) {
    const row = Math.floor(day / PACKED_DAYS) * coins;
    const bit = 1 << (day % PACKED_DAYS);
    for (let first = 0; first < coins; first += BITS_A_DIGEST) {
      const digest = Buffer.from(sha256(`${days[day]} ${first / BITS_A_DIGEST} ${symbol}`), 'hex');
      const end = Math.min(coins, first + BITS_A_DIGEST);
      for (let coin = first; coin < end; coin++) {
        const place = coin - first;
        if ((digest[place >> 3]! >> (place & 7)) & 1) faces[row + coin]! |= bit;
      }
    }
  }
  return { days: days.length, coins, faces };
}

/** e_b(d) of the day and coin at these places in `tosses`. */
export function coinAt({ coins, faces }: CoinTosses, day: number, coin: number): 1 | -1 {
  const face = faces[Math.floor(day / PACKED_DAYS) * coins + coin]!;
  return (face >> (day % PACKED_DAYS)) & 1 ? 1 : -1;
}

/** A table for `signedSums`, to be made once. */
export function signTable(): Float64Array {
  return new Float64Array(1 << PACKED_DAYS);
}

/**
 * Writes sum_d e_b(d) x_d of every coin b to `sums` and returns sum_d x_d, x_d being `values` from `start` on, one a day.
 *
 * Eight days have 256 signed sums only, so each is added up once and looked up by every coin. All sums are added in
 * the same order, so a coin that has +1 on every day that counts gives the very bits that are returned.
 */
export function signedSums(
  { days, coins, faces }: CoinTosses,
  values: Float64Array,
  start: number,
  sums: Float64Array,
  table: Float64Array,
): number {
  let plain = 0;
  sums.fill(0);
  for (let first = 0; first < days; first += PACKED_DAYS) {
    const end = Math.min(days, first + PACKED_DAYS);
    let size = 1;
    let idle = true;
    table[0] = 0;
    for (let day = first; day < end; day++) {
      const x = values[start + day]!;
      if (x !== 0) idle = false;
      for (let i = 0; i < size; i++) {
        const sum = table[i]!;
        table[size + i] = sum + x;
        table[i] = sum - x;
      }
      size *= 2;
    }
    if (idle) continue;
    plain += table[size - 1]!;
    const row = (first / PACKED_DAYS) * coins;
    for (let coin = 0; coin < coins; coin++) sums[coin]! += table[faces[row + coin]!]!;
  }
  return plain;
}

/** What `signedSums` returns, bit for bit, without the sums of the coins. */
export function plainSum(values: Float64Array): number {
  let plain = 0;
  for (let first = 0; first < values.length; first += PACKED_DAYS) {
    const end = Math.min(values.length, first + PACKED_DAYS);
    let sum = 0;
    for (let day = first; day < end; day++) sum += values[day]!;
    plain += sum;
  }
  return plain;
}
