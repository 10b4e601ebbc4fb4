/** Endings of files that hold candles, in lower case: what a dialog offers, and what is taken of a folder. */
export const MARKET_FILE_ENDINGS = [
  '.csv',
  '.txt',
  '.tsv',
  '.prn',
  '.dat',
  '.hst',
  '.bi5',
  '.json',
  '.parquet',
  '.feather',
  '.arrow',
  '.zip',
  '.gz',
] as const;

export function isMarketFileName(name: string): boolean {
  const lower = name.toLowerCase();
  return MARKET_FILE_ENDINGS.some((ending) => lower.endsWith(ending));
}
