import type { Configuration } from '../configuration.ts';

/** A configuration for tests to which only its symbol matters. */
export function exampleConfiguration(symbol = 'EURUSD'): Configuration {
  return {
    modelType: 'ridge',
    encoder: 'normalized',
    symbol,
    timeframe: 'H1',
    daysHistory: 30,
    horizon: 3,
    target: 'return',
    indicatorTimeframes: { rsi: ['H1'] },
    hyperparameters: { alpha: 1 },
  };
}
