import { useCallback } from 'react';
import { readTimeframe } from '../../engine/contract/timeframe.ts';
import { useRegimeTitle } from '../state/index.ts';
import { championTitle } from './champion-title.ts';

/** A name of the Registry as a reader calls it. See `nameTitle`. */
export function useNameTitle(): (name: string) => string {
  const regimeTitle = useRegimeTitle();
  return useCallback((name) => nameTitle(name, regimeTitle), [regimeTitle]);
}

/** `EURUSD H1 bull_trending` -> `Bull trending, EURUSD H1`, as the champion of that place is called. What is no such name stays as it is. */
export function nameTitle(name: string, regimeTitle: (regime: string) => string): string {
  const [symbol, timeframe = '', regime, ...more] = name.split(' ');
  return regime === undefined || more.length > 0 || readTimeframe(timeframe) === undefined
    ? name
    : championTitle(`${symbol}/${timeframe}/${regime}`, regimeTitle);
}
