const HOUR = 3_600_000;

/** A CSV of hourly bars, Monday to Friday, that ends with 2024-06-28: a walk by a fixed rule around 1.1. */
export function hourlyCsv(days: number): string {
  const end = Date.UTC(2024, 5, 29);
  const lines = ['time,open,high,low,close,volume'];
  let price = 1.1;
  for (let time = end - days * 24 * HOUR, i = 1; time < end; time += HOUR) {
    if ([0, 6].includes(new Date(time).getUTCDay())) continue;
    const open = price;
    i = (i * 48_271) % 2_147_483_647;
    price *= Math.exp(0.001 * Math.sin(time / (31 * HOUR)) + 0.003 * (i / 2_147_483_647 - 0.5));
    const high = Math.max(open, price) * 1.0004;
    const low = Math.min(open, price) * 0.9996;
    const prices = [open, high, low, price].map((x) => x.toFixed(5));
    lines.push([`${new Date(time).toISOString().slice(0, 19)}Z`, ...prices, 100 + (i % 900)].join(','));
  }
  return `${lines.join('\n')}\n`;
}
