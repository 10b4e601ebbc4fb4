import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sliceCandles } from '../market/candles.ts';
import { readCandleFile } from '../market/series/candle-file.ts';
import { writeSeries } from '../market/series/write-series.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { createMarketThreads, type MarketFiles, marketFilesInPlace } from './market-files.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'market-files-'));
});
afterAll(() => rmSync(root, { recursive: true }));

const SERIES = { symbol: 'EURUSD', timeframe: 'H1' } as const;
/** Whole seconds and five digits, as a CSV can hold them. */
const candles = randomCandles(50_000, 'H1', 5);
for (const name of ['open', 'high', 'low', 'close'] as const) {
  candles[name].forEach((value, i, column) => {
    column[i] = Number(value.toFixed(5));
  });
}
candles.spread.fill(Number.NaN);

/** The second half of the candles; their first quarter is stored already, with a day that both have. */
function prepare(folder: string) {
  const file = join(root, 'EURUSD_H1.csv');
  const rows = Array.from({ length: 25_000 }, (_, i) => {
    const t = 25_000 + i;
    const { time, open, high, low, close, volume } = candles;
    return [new Date(time[t]!).toISOString(), open[t], high[t], low[t], close[t], volume[t]].join(',');
  });
  writeFileSync(file, `time,open,high,low,close,volume\n${rows.join('\n')}\n`);
  const stored = writeSeries(folder, sliceCandles(candles, 0, 25_024));
  return { file, folder, stored: join(folder, stored.file), ...SERIES };
}

async function importWith(files: MarketFiles, name: string) {
  const folder = join(root, name);
  const shares: number[] = [];
  const imported = await files.importSeries(prepare(folder), (share) => shares.push(share));
  return { imported, shares, read: readCandleFile(join(folder, imported.series.file)) };
}

describe('in a thread', () => {
  const threads = createMarketThreads();
  afterAll(() => threads.close());

  it('imports as in place: the same report, progress and file', async () => {
    const [apart, inPlace] = [await importWith(threads, 'a'), await importWith(marketFilesInPlace, 'b')];
    expect(apart).toEqual(inPlace);
    expect(apart.read).toEqual(candles);
    expect(apart.imported).toMatchObject({ rows: 25_000, added: 24_976, changed: 0, same: 24 });
    expect(apart.shares.length).toBeGreaterThan(1);
    expect(apart.shares).toEqual([...apart.shares].sort((a, b) => a - b));
    expect(apart.shares.at(-1)).toBe(1);
  });

  it('inspects as in place', async () => {
    const { file } = prepare(join(root, 'c'));
    expect(await threads.inspect(file, {})).toEqual(await marketFilesInPlace.inspect(file, {}));
  });

  it('gives errors back with their code and details, and leaves no file', async () => {
    const file = join(root, 'bad.csv');
    writeFileSync(file, 'time,open,high,low,close\n2024-01-01,a,b,c,d\n');
    const folder = join(root, 'd');
    await expect(threads.importSeries({ file, folder, ...SERIES }, () => undefined)).rejects.toMatchObject({
      code: 'data-invalid',
      details: { file, line: 2 },
    });
    expect(() => readdirSync(folder)).toThrow('ENOENT');
  });
});

it('says so when it is closed before the end, and does nothing any more', async () => {
  const threads = createMarketThreads();
  const job = prepare(join(root, 'e'));
  const begun = Promise.withResolvers<void>();
  const pending = threads.importSeries(job, () => begun.resolve());
  const ended = expect(pending).rejects.toMatchObject({ code: 'conflict' });
  await begun.promise;
  await threads.close();
  await ended;
  await expect(threads.inspect(job.file, {})).rejects.toMatchObject({ code: 'conflict' });
});
