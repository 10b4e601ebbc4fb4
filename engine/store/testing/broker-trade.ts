import type { BrokerTradeRow } from '../broker-trades.ts';

export const exampleBrokerTrade = (): Omit<BrokerTradeRow, 'account'> => ({
  ticket: '7',
  symbol: 'EURUSD.M',
  direction: 1,
  volume: 0.1,
  open_time: 7_200_000,
  open_price: 1.1,
  close_time: null,
  close_price: null,
  commission: -0.7,
  swap: 0,
  profit: 0,
  source: 'Statement.htm',
  at: 8,
});
