import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CANDLE_COLUMNS, sliceCandles } from '../candles.ts';
import { randomCandles } from '../testing/random-candles.ts';
import {
  candleDigest,
  decodeCandles,
  encodeCandles,
  isCandleFileName,
  readCandleFile,
  toShared,
  writeCandleFile,
} from './candle-file.ts';

const candles = randomCandles(321);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'candle-file-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('candle file', () => {
  it('gives back every bar, on one shared buffer', () => {
    const { file, digest } = writeCandleFile(folder, candles);
    const read = readCandleFile(join(folder, file));
    expect(read).toEqual(candles);
    expect(digest).toBe(candleDigest(candles));
    expect(isCandleFileName(file)).toBe(true);
    expect(readdirSync(folder)).toEqual([file]);
    const buffers = new Set(CANDLE_COLUMNS.map((name) => read[name].buffer));
    expect(buffers.size).toBe(1);
    expect([...buffers][0]).toBeInstanceOf(SharedArrayBuffer);
  });

  it('decodes bytes that lie anywhere, and series of any length', () => {
    for (const length of [0, 1, 7]) {
      const some = sliceCandles(candles, 3, 3 + length);
      const bytes = encodeCandles(some);
      const shifted = new Uint8Array(bytes.length + 3);
      shifted.set(bytes, 3);
      expect(decodeCandles(shifted.subarray(3), 'x')).toEqual(some);
    }
  });

  it('writes the same bytes for the same candles', () => {
    expect(encodeCandles(toShared(candles))).toEqual(encodeCandles(candles));
  });

  it.each([
    ['a byte changed', (b: Uint8Array) => b.with(b.length - 100, b[b.length - 100]! ^ 1)],
    ['the last bytes missing', (b: Uint8Array) => b.slice(0, -8)],
    ['only a few bytes left', (b: Uint8Array) => b.slice(0, 10)],
    ['no bytes left', () => new Uint8Array(0)],
    ['bytes appended', (b: Uint8Array) => Uint8Array.of(...b, 0)],
    ['another magic', (b: Uint8Array) => b.with(0, 0)],
    ['a broken header', (b: Uint8Array) => b.with(16, 0)],
    ['a header that is no header', (b: Uint8Array) => b.fill(0x20, 16, 200).with(16, 0x31)],
    ['a header length beyond the end', (b: Uint8Array) => b.with(15, 0x7f)],
  ])('refuses a file with %s', (_, damage) => {
    const path = join(folder, 'damaged');
    writeFileSync(path, damage(encodeCandles(candles)));
    expect(() => readCandleFile(path)).toThrow(
      expect.objectContaining({
        code: 'artifact-damaged',
        message: expect.stringContaining('import the market data again'),
        details: { file: path, reason: expect.any(String) },
      }),
    );
  });

  it('refuses a file of a newer version', () => {
    expect(() => decodeCandles(encodeCandles(candles).with(8, 2), 'a')).toThrow(
      expect.objectContaining({ code: 'artifact-newer' }),
    );
  });

  it('says that a file is missing', () => {
    expect(() => readCandleFile(join(folder, 'nowhere'))).toThrow(
      expect.objectContaining({ code: 'file-unreadable' }),
    );
  });
});

describe('candleDigest', () => {
  it('is SHA-256 over the series and its columns', () => {
    const hash = createHash('sha256').update('["EURUSD","H1",321,false]');
    for (const name of CANDLE_COLUMNS) hash.update(Buffer.from(candles[name].slice().buffer));
    expect(candleDigest(candles)).toBe(hash.digest('hex'));
  });

  it('does not depend on where the candles lie, nor on how a NaN is written', () => {
    const spread = candles.spread.slice();
    const bits = new BigUint64Array(spread.buffer);
    const missing = spread.findIndex(Number.isNaN);
    bits[missing] = 0xfff8_0000_0000_0001n;
    const digest = candleDigest(candles);
    expect(candleDigest({ ...candles, spread })).toBe(digest);
    expect(candleDigest(toShared(candles))).toBe(digest);
    expect(candleDigest(sliceCandles(randomCandles(321), 0, 321))).toBe(digest);
  });

  it('changes with any value, the symbol, the timeframe and the origin', () => {
    const digest = candleDigest(candles);
    expect(candleDigest({ ...candles, close: candles.close.with(5, 1) })).not.toBe(digest);
    expect(candleDigest({ ...candles, symbol: 'X' })).not.toBe(digest);
    expect(candleDigest({ ...candles, timeframe: 'H4' })).not.toBe(digest);
    expect(candleDigest({ ...candles, synthetic: true })).not.toBe(digest);
  });
});

describe('toShared', () => {
  it('copies once', () => {
    const shared = toShared(candles);
    expect(shared).toEqual(candles);
    expect(toShared(shared)).toBe(shared);
  });
});
