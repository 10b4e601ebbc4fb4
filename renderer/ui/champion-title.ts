import { useCallback } from 'react';
import { useRegimeTitle } from '../state/index.ts';
import { common } from './texts/common.ts';

/** A champion by its reference, as a reader calls it. See `championTitle`. */
export function useChampionTitle(): (reference: string) => string {
  const regimeTitle = useRegimeTitle();
  return useCallback((reference) => championTitle(reference, regimeTitle), [regimeTitle]);
}

/** `EURUSD/H1/bull_trending/2` -> `Bull trending, EURUSD H1, number 2`. What is no reference stays as it is. */
export function championTitle(reference: string, regimeTitle: (regime: string) => string): string {
  const [symbol, timeframe, regime, rank, ...more] = reference.split('/');
  if (symbol === undefined || timeframe === undefined || regime === undefined || more.length > 0) {
    return reference;
  }
  return common.championOf({ regime: regimeTitle(regime), market: `${symbol} ${timeframe}`, rank });
}
