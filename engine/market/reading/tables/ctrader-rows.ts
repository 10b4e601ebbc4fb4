type Row = Readonly<Record<string, unknown>>;

/** Prices of cTrader's Open API are whole hundred-thousandths. */
const UNITS = 100_000;
const PRICES = { open: 'deltaOpen', high: 'deltaHigh', close: 'deltaClose' } as const;

/** Whether rows are the trendbars of cTrader's Open API. */
export function isTrendbar(row: Row): boolean {
  return 'utcTimestampInMinutes' in row && 'low' in row;
}

/**
 * A trendbar as the bar it means: a low, and how far the other prices lie above it (what is left out is 0), at a time in minutes UTC.
 * Source: ProtoOATrendbar of cTrader's Open API.
 */
export function barOfTrendbar(row: Row): Row {
  const low = Number(row.low);
  const above = (name: string) => (low + Number(row[name] ?? 0)) / UNITS;
  return {
    time: Number(row.utcTimestampInMinutes) * 60,
    open: above(PRICES.open),
    high: above(PRICES.high),
    low: low / UNITS,
    close: above(PRICES.close),
    volume: row.volume,
  };
}
