import type { ForwardBarRow } from '../forward.ts';

export const exampleForwardBar = (): Omit<ForwardBarRow, 'test_id'> => ({
  time: 7_200_000,
  open: 1.1,
  high: 1.2,
  low: 1,
  close: 1.15,
  day: 1,
  regime: 'bull',
  signal: 1,
  forecast: 0.001,
  confidence: null,
  cost: 0.0001,
  swap_long: 0,
  swap_short: 0,
  stake: 0.01,
  range: 0.01,
  choices: null,
  at: 8,
});
