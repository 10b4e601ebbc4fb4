/** Trades of a currency pair as money of an account. */

/** Units of the base currency in a standard lot. */
export const LOT = 100_000;

export interface MoneyTrade {
  readonly entryPrice: number;
  /** Price at which it would have been left at a loss; null where there is none. */
  readonly stop: number | null;
  /** What the price moved in its favor, less all costs, price units: money of the quote currency for one unit. */
  readonly net: number;
  /** Account currency for one unit of the quote currency, when it was entered and when it was left. */
  readonly rateIn: number;
  readonly rateOut: number;
}

/** So many lots each, or lots by which a stop costs so much of what the account has then: 0.01 is 1 %. */
export type Sizing = { readonly lots: number } | { readonly risk: number };

export interface MoneyResult {
  readonly lots: number;
  /** Net, account currency. */
  readonly money: number;
  /** Of the account after it. */
  readonly balance: number;
}

/**
 * Money of each trade, one after the other: net price move x units x rate when it is left; units = lots x 100,000, or
 * risk x balance / (|entry - stop| x rate when it is entered), not rounded to what a broker takes. It ends with the trade that leaves nothing.
 * @throws RangeError where a size hangs on a stop and a trade has none
 */
export function moneyOf(trades: readonly MoneyTrade[], account: number, sizing: Sizing): MoneyResult[] {
  const results: MoneyResult[] = [];
  let balance = account;
  for (const { entryPrice, stop, net, rateIn, rateOut } of trades) {
    if (balance <= 0) break;
    let units: number;
    if ('lots' in sizing) units = sizing.lots * LOT;
    else {
      const distance = stop === null ? 0 : Math.abs(entryPrice - stop);
      if (distance === 0) throw new RangeError('expected a stop of each trade, found one without');
      units = (sizing.risk * balance) / (distance * rateIn);
    }
    const money = net * units * rateOut;
    balance += money;
    results.push({ lots: units / LOT, money, balance });
  }
  return results;
}

/** Deepest fall of the balance from its highest point so far, at the ends of trades, account currency and share of that point. */
export function moneyDrawdown(
  account: number,
  results: readonly Pick<MoneyResult, 'balance'>[],
): { readonly money: number; readonly share: number } {
  let high = account;
  let money = 0;
  let share = 0;
  for (const { balance } of results) {
    high = Math.max(high, balance);
    money = Math.max(money, high - balance);
    share = Math.max(share, (high - balance) / high);
  }
  return { money, share };
}
