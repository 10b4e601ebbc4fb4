import type { FileReading, WatchedFile } from '../watched.ts';

export const exampleWatchedFile = (): WatchedFile => ({
  file: '/exports/EURUSD_H1.csv',
  folder: '/exports',
  size: 5,
  modified: 3.5,
  state: 'current',
  message: 'EURUSD H1 up to 2026-01-02 03:00 UTC: nothing new.',
  series: [{ symbol: 'EURUSD', timeframe: 'H1' }],
  rows: 7,
  at: 3,
});

export const exampleArrivals = () =>
  [
    { symbol: 'EURUSD', timeframe: 'H1', source: 'EURUSD_H1.csv', at: 3 },
    { corrected: [7_200_000], late: [] },
  ] as const;

export const exampleReading = (): FileReading => ({
  file: '/exports/EURUSD_H1.csv',
  symbol: 'EURUSD',
  timeframe: 'H1',
  reading: { timezone: 'NY+7' },
});
