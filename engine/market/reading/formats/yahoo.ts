import { columnFor, priceColumns } from './column-names.ts';
import type { TextFormat } from './format.ts';
import { layoutFrom } from './layout.ts';

/**
 * Yahoo Finance: `Date,Open,High,Low,Close,Adj Close,Volume` (intraday `Datetime`), and the three-line header that the
 * yfinance library writes: `Price,Close,…` / `Ticker,EURUSD=X,…` / `Date,,…`.
 */
export const yahoo: TextFormat = {
  kind: 'text',
  name: 'yahoo',
  title: 'Yahoo Finance history',
  recognize(sample) {
    const { header, subHeaders } = sample;
    if (header === undefined) return { reason: 'there is no header line' };
    const prices = priceColumns(header);
    if (prices === undefined) return { reason: 'open, high, low or close is missing in the header' };
    const [tickers] = subHeaders;
    const yfinance = header[0] === 'Price' && tickers?.[0] === 'Ticker';
    if (!yfinance && !(/^Date(time)?$/.test(header[0]) && header.includes('Adj Close'))) {
      return { reason: 'there is no column "Adj Close", nor the header of yfinance' };
    }
    return {
      confidence: 0.95,
      found: layoutFrom(sample, {
        stamp: [0],
        prices,
        volume: columnFor('volume', header),
        hints: {
          symbol: yfinance ? tickers?.[1].replace(/=X$/, '') : undefined,
          notes: [],
        },
      }),
    };
  },
};
