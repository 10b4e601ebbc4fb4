import type { IndicatorName } from '../../../engine/contract/words.ts';

export const INDICATOR_TITLES: Readonly<Record<IndicatorName, string>> = {
  sma: 'SMA',
  ema: 'EMA',
  macd: 'MACD',
  adx: 'ADX',
  rsi: 'RSI',
  stochastic: 'Stochastic',
  roc: 'ROC',
  atr: 'ATR',
  bollinger: 'Bollinger bands',
  stddev: 'Standard deviation',
  obv: 'OBV',
  vwap: 'VWAP',
  volume_sma: 'Volume SMA',
};
