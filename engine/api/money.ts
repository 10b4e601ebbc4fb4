import { type MoneyTrade, moneyDrawdown, moneyOf, type Sizing } from '../backtest/money.ts';
import type { Handlers, Input } from '../contract/api/index.ts';
import type { MoneyDto, MoneyWindowDto, TradeDto, TradesDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { lowerBound } from '../market/candles.ts';
import { currencyPair } from '../market/instruments/symbol.ts';
import type { CandleReader } from '../market/series/candle-source.ts';
import type { CandleLibrary } from '../store/candle-library.ts';

export interface MoneyDeps {
  readonly library: CandleLibrary;
  readonly analysis: CandleReader;
  readonly traces: Pick<Handlers, 'run.trades'>;
}

/** A rate may be as old as a weekend with a holiday. */
const OLDEST_RATE_MS = 5 * 86_400_000;

export function moneyHandlers(deps: MoneyDeps): Pick<Handlers, 'run.money'> {
  return {
    async 'run.money'({ account, currency, lots, risk, ...of }): Promise<MoneyDto> {
      const list = await deps.traces['run.trades']({ ...of, overwrite: false });
      const rates = await ratesOf(deps, list, currency);
      const sizing: Sizing = lots === undefined ? { risk: risk! / 100 } : { lots };
      if ('risk' in sizing && list.trades.some(({ stop }) => stop === null)) {
        throw refused(
          `its trades have no stop, so that nothing says what one of them risks. Give lots in place of risk, or look at a model of the target barrier or outcome`,
        );
      }
      const hasHoldout = list.holdoutLook.opened !== null;
      const windows = (hasHoldout ? (['selection', 'holdout'] as const) : (['selection'] as const)).map(
        (window): MoneyWindowDto => {
          const trades = list.trades.filter(({ holdout }) => holdout === (window === 'holdout'));
          return windowOf(window, trades, account, sizing, list.pip, rates);
        },
      );
      return {
        runId: list.runId,
        symbol: list.symbol,
        timeframe: list.timeframe,
        account,
        currency,
        lots: lots ?? null,
        risk: risk ?? null,
        rate: rates.text,
        cross: rates.cross,
        windows,
      };
    },
  };
}

function windowOf(
  window: MoneyWindowDto['window'],
  trades: readonly TradeDto[],
  account: number,
  sizing: Sizing,
  pip: number,
  rates: Rates,
): MoneyWindowDto {
  const results = moneyOf(
    trades.map(
      (trade): MoneyTrade => ({
        entryPrice: trade.entryPrice,
        stop: trade.stop,
        net: trade.netPips * pip,
        rateIn: rates.at(Date.parse(trade.opened), trade.entryPrice),
        rateOut: rates.at(Date.parse(trade.closed), trade.exitPrice),
      }),
    ),
    account,
    sizing,
  );
  const money = results.map((one) => one.money);
  const balance = results.at(-1)?.balance ?? account;
  return {
    window,
    trades: results.map((result, i) => ({ number: trades[i]!.number, closed: trades[i]!.closed, ...result })),
    unmade: trades.length - results.length,
    net: balance - account,
    balance,
    mean: money.length === 0 ? null : (balance - account) / money.length,
    worst: money.length === 0 ? null : Math.min(...money),
    drawdown: moneyDrawdown(account, results),
  };
}

interface Rates extends Pick<MoneyDto, 'cross'> {
  readonly text: string;
  /** Account currency for one unit of the quote currency, at a time (ms) at which the pair costs `price`. */
  at(time: number, price: number): number;
}

/** Never a guess: the pair's own price, a stored series, or a refusal that names what it takes. */
async function ratesOf(
  { library, analysis }: MoneyDeps,
  { symbol, timeframe }: Pick<TradesDto, 'symbol' | 'timeframe'>,
  currency: Input<'run.money'>['currency'],
): Promise<Rates> {
  const [, head = '', bare = symbol] = /^(DEMO_)?(.*)$/.exec(symbol) ?? [];
  const pair = currencyPair(bare);
  if (pair === undefined || /^X/.test(pair.base)) {
    throw refused(`${symbol} is no pair of currencies: how much one lot of it is, nothing here says`);
  }
  const { base, quote } = pair;
  if (quote === currency) {
    return { text: `${symbol} is quoted in ${currency}: no rate is taken.`, cross: null, at: () => 1 };
  }
  if (base === currency) {
    const text = `${quote} become ${currency} at the price of ${symbol} itself, when each trade is entered or left.`;
    return { text, cross: null, at: (_, price) => 1 / price };
  }
  const tail = bare.slice(bare.indexOf(quote) + quote.length);
  const names = [`${head}${quote}${currency}${tail}`, `${head}${currency}${quote}${tail}`];
  for (const [i, name] of names.entries()) {
    const series = await library.loadSoon(name, timeframe as Timeframe, analysis);
    if (series === undefined) continue;
    const { time, open } = series.candles;
    const isInverse = i === 1;
    return {
      text: `${quote} become ${currency} at ${name} ${timeframe}: the open of its newest bar when each trade is entered or left.`,
      cross: { symbol: name, timeframe },
      at(at) {
        const row = lowerBound(time, at + 1) - 1;
        if (row < 0 || at - time[row]! > OLDEST_RATE_MS) {
          const day = new Date(at).toISOString().slice(0, 10);
          throw refused(
            `it takes the rate of ${name} on ${day}, and its stored candles have none within five days before. Import candles of it that reach from the first trade to the last`,
          );
        }
        return isInverse ? 1 / open[row]! : open[row]!;
      },
    };
  }
  throw refused(
    `it takes a rate between ${quote} and ${currency}, and neither ${names[0]} nor ${names[1]} is stored for ${timeframe} or a shorter timeframe. Import candles of one of them, or choose an account in ${base} or ${quote}`,
  );
}

function refused(why: string): EngineError {
  return new EngineError('conflict', `What this makes in money can't be told: ${why}.`);
}
