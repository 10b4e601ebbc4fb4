import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomCandles } from '../testing/random-candles.ts';
import { candleDigest, readCandleFile, writeCandleFile } from './candle-file.ts';
import { type CandleFolder, createCandleFolder } from './candle-folder.ts';
import { type CandleReader, type SeriesRef, seriesRef } from './candle-source.ts';
import { resampleSeries } from './loaded-series.ts';
import { resample } from './resample.ts';

const HOUR = 3_600_000;
const HOURLY = randomCandles(500, 'H1', 1);
const OTHER = randomCandles(500, 'H1', 2);
const OWN = seriesRef(HOURLY);
const FOUR_HOURLY: SeriesRef = {
  ...seriesRef(resample(HOURLY, 'H4', 'new_york')),
  base: { timeframe: 'H1', digest: OWN.digest, dayStart: 'new_york' },
};

let path: string;
let folder: CandleFolder;
let asked: string[];
const reader: CandleReader = {
  async readCandles(file, digest) {
    asked.push('H1');
    return readCandleFile(file, digest);
  },
  async resample({ candles, timeframe, dayStart }) {
    asked.push(timeframe);
    return resampleSeries(candles, timeframe, dayStart);
  },
};

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'regimen-candles-'));
  folder = createCandleFolder(path);
  asked = [];
  writeCandleFile(path, HOURLY);
});
afterEach(() => rmSync(path, { recursive: true }));

describe('candles by name', () => {
  it('are those of the digest, on shared memory', async () => {
    const candles = await folder.candles(OWN, reader);
    expect(candleDigest(candles)).toBe(OWN.digest);
    expect(candles.close.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('are made from their base where they are not stored', async () => {
    const candles = await folder.candles(FOUR_HOURLY, reader);
    expect(candleDigest(candles)).toBe(FOUR_HOURLY.digest);
    expect(candles.close.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('are read once for all who wait, and the same memory for all who come later', async () => {
    const refs = [FOUR_HOURLY, OWN, FOUR_HOURLY, OWN];
    const first = await Promise.all(refs.map((ref) => folder.candles(ref, reader)));
    const later = await Promise.all(refs.map((ref) => folder.candles(ref, reader)));
    expect(asked).toEqual(['H1', 'H4']);
    expect(first[0]).toBe(first[2]);
    expect(later).toEqual(first);
    expect(later[1]!.time.buffer).toBe(first[1]!.time.buffer);
    expect(folder.now(OWN, 'H4', 'new_york').candles).toBe(first[0]);
    expect(folder.now(OWN, 'H4', 'utc')).toEqual(resampleSeries(HOURLY, 'H4', 'utc'));
  });

  it('are read again after a reader was lost', async () => {
    const lost: CandleReader = { ...reader, readCandles: () => Promise.reject(new Error('thread lost')) };
    await expect(folder.candles(FOUR_HOURLY, lost)).rejects.toThrow('thread lost');
    expect((await folder.candles(FOUR_HOURLY, reader)).timeframe).toBe('H4');
  });

  it.each<[string, NonNullable<SeriesRef['view']>, number, number]>([
    ['all', {}, 0, 500],
    ['from a bar on', { from: HOURLY.time[20]! }, 20, 500],
    ['up to the close of a bar', { to: HOURLY.time[119]! + HOUR }, 0, 120],
    ['without a bar that is not closed', { to: HOURLY.time[119]! + HOUR - 1 }, 0, 119],
    [
      'from a time within a bar on',
      { from: HOURLY.time[20]! + 1, to: HOURLY.time[119]! + HOUR + 1 },
      21,
      120,
    ],
    ['none', { from: HOURLY.time[120]!, to: HOURLY.time[20]! }, 120, 120],
  ])('may be seen in part: %s', async (_, view, from, to) => {
    const seen = await folder.candles({ ...OWN, view }, reader);
    expect(seen.time).toEqual(HOURLY.time.subarray(from, to));
    expect(seen.length).toBe(to - from);
  });
});

describe('what is not as its name says', () => {
  it('a file of other bars is refused', async () => {
    const { file } = writeCandleFile(path, OTHER);
    const digest = `${candleDigest(OTHER).slice(0, 12)}${'0'.repeat(52)}`;
    const damaged = expect.objectContaining({
      code: 'artifact-damaged',
      details: expect.objectContaining({ file: join(path, file) }),
    });
    await expect(folder.candles({ ...OWN, digest }, reader)).rejects.toEqual(damaged);
    expect(() => folder.now({ ...OWN, digest }, 'H1', 'utc')).toThrow(damaged);
  });

  it('a file under the name of another is refused', async () => {
    const { file: own } = writeCandleFile(path, HOURLY);
    const { file: other } = writeCandleFile(path, OTHER);
    renameSync(join(path, other), join(path, own));
    await expect(folder.candles(OWN, reader)).rejects.toMatchObject({ code: 'artifact-damaged' });
  });

  it('other bars than expected from resampling are refused', async () => {
    await expect(folder.candles({ ...FOUR_HOURLY, digest: OWN.digest }, reader)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('EURUSD H4 made from H1 has other bars here'),
    });
  });
});
