import { expect, it } from 'vitest';
import { nameTitle } from './name-title.ts';

it('says a name of the Registry as its champion is called; what has no regime, or is no name, stays', () => {
  const title = (name: string) => nameTitle(name, (regime) => regime.toUpperCase());
  expect(title('EURUSD H1 bull_trending')).toBe('BULL_TRENDING, EURUSD H1');
  expect(title('EURUSD H1')).toBe('EURUSD H1');
  for (const other of ['every name now', 'EURUSD H1 bull_trending again']) expect(title(other)).toBe(other);
});
