import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile } from '../../importing/import.ts';
import { shortFloat } from './columns-table.ts';

/** Files that pyarrow and pandas wrote: 48 hours of prices that this test knows by a formula of its own. */

const FIXTURES = join(import.meta.dirname, 'fixtures');
const START = Date.UTC(2024, 0, 2);
const HOURS = Array.from({ length: 48 }, (_, i) => i);
const at = (base: number) => HOURS.map((i) => Number((base + i / 1000).toFixed(3)));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'columns-table-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Under a name that tells nothing. */
function read(name: string, timezone?: string) {
  const path = join(folder, 'data');
  copyFileSync(join(FIXTURES, name), path);
  return importFile(path, { symbol: 'EURUSD', timeframe: 'H1', timezone });
}

describe.each([
  [
    'parquet',
    [
      'utc-none',
      'utc-snappy',
      'utc-gzip',
      'utc-brotli',
      'utc-zstd',
      'utc-lz4',
      'index-float32-groups',
      'unnamed-index',
    ].map((name) => `${name}.parquet`),
  ],
  ['feather', ['utc-uncompressed.feather', 'utc-lz4.feather', 'utc-zstd.feather', 'utc.arrows']],
])('%s', (format, names) => {
  it.each(names)('reads %s', async (name) => {
    const { candles, timezone, ...rest } = await read(name);
    expect(rest).toMatchObject({ format, rows: 48, badRows: 0 });
    expect(timezone).toEqual({ name: 'UTC', source: 'stamp' });
    expect([...candles.time]).toEqual(HOURS.map((i) => START + i * 3_600_000));
    expect([...candles.open]).toEqual(at(1.1));
    expect([...candles.high]).toEqual(at(1.102));
    expect([...candles.low]).toEqual(at(1.099));
    expect([...candles.close]).toEqual(at(1.101));
    expect([...candles.volume]).toEqual(HOURS.map((i) => 100 + i));
  });

  it('refuses a file that breaks off or is garbled, in words', async () => {
    const bytes = readFileSync(join(FIXTURES, names[0]!));
    const path = join(folder, 'broken');
    const garbled = Uint8Array.from(bytes);
    for (let i = 4; i < garbled.length - 8; i += 3) garbled[i]! ^= 0x5a;
    for (const broken of [bytes.subarray(0, bytes.length / 2), garbled]) {
      writeFileSync(path, broken);
      await expect(importFile(path, { symbol: 'EURUSD', timeframe: 'H1' })).rejects.toMatchObject({
        code: expect.stringMatching(/^(data-invalid|format-unknown)$/),
      });
    }
  });
});

describe('stamps without a zone', () => {
  it.each(['no-zone.parquet', 'no-zone-float32.feather'])(
    'are those of a clock that %s does not name',
    async (name) => {
      const { candles, timezone } = await read(name, 'Europe/Berlin');
      expect(timezone).toEqual({ name: 'Europe/Berlin', source: 'given' });
      expect(candles.time[0]).toBe(START - 3_600_000);
      expect([...candles.open]).toEqual(at(1.1));
    },
  );
});

it('refuses the first version of Feather by name', async () => {
  await expect(read('version1.feather')).rejects.toMatchObject({
    message: expect.stringContaining('Feather 2'),
  });
});

it('writes numbers of single precision in the fewest digits that mean them', () => {
  expect(shortFloat(Math.fround(1.1))).toBe(1.1);
  expect(shortFloat(Math.fround(38123.45))).toBe(38123.45);
  const noise = Math.fround(Math.PI);
  expect(Math.fround(shortFloat(noise))).toBe(noise);
});
