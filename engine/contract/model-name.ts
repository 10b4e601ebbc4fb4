import { EngineError } from './errors.ts';
import { readTimeframe, type Timeframe } from './timeframe.ts';

/** A place of use: a market, and the regime that a model trades alone in; null: all of them. */
export interface ModelPlace {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly regime: string | null;
}

/** What a place is called, by people and on disk: `EURUSD H1 bull_trending`, or `EURUSD H1` over all regimes. */
export function modelName({ symbol, timeframe, regime }: ModelPlace): string {
  return [symbol, timeframe, ...(regime === null ? [] : [regime])].join(' ');
}

/**
 * Reads a name: letters of any case, timeframes by any of their names, `all` for no regime, parted by spaces or slashes.
 * @throws EngineError `invalid-input` where the text has another form
 */
export function parseModelName(text: string): ModelPlace {
  const [symbol = '', written = '', regime = 'all', ...more] = text.trim().split(/[\s/]+/);
  const timeframe = readTimeframe(written);
  const isForm =
    /^[A-Za-z0-9._-]{1,32}$/.test(symbol) && /^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(regime) && more.length === 0;
  if (!isForm || timeframe === undefined) {
    throw new EngineError(
      'invalid-input',
      `Expected the name of a model as "SYMBOL TIMEFRAME REGIME", such as "EURUSD H1 bull_trending" or "EURUSD H1" for all regimes, found ${JSON.stringify(text)}.`,
    );
  }
  return {
    symbol: symbol.toUpperCase(),
    timeframe,
    regime: regime.toLowerCase() === 'all' ? null : regime.toLowerCase(),
  };
}
