import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CANDLE_COLUMNS, lowerBound, sliceCandles } from '../candles.ts';
import { randomCandles } from '../testing/random-candles.ts';
import { readCandleFile, writeCandleFile } from './candle-file.ts';
import { type CandleStretches, openCandleFile } from './candle-stretches.ts';

const BARS = 70_000;
const candles = randomCandles(BARS);
// Sources without a spread: what is no number has one pattern of bits in a checksum.
candles.spread.fill(Number.NaN, 100, 200);

let folder: string;
let path: string;
let digest: string;
let open: CandleStretches[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regimen-stretches-'));
  const written = writeCandleFile(folder, candles);
  path = join(folder, written.file);
  digest = written.digest;
  open = [];
});
afterEach(() => {
  for (const file of open) file.close();
  rmSync(folder, { recursive: true });
});

function opened(wanted = digest): CandleStretches {
  const file = openCandleFile(path, wanted);
  open.push(file);
  return file;
}

it('reads the bars that the file has, wherever they are', () => {
  const file = opened();
  expect(file.length).toBe(BARS);
  const whole = readCandleFile(path, digest);
  for (const [from, to] of [
    [0, 10],
    [69_990, 70_000],
    [150, 40_000],
    [5, 5],
  ] as const) {
    const [read, expected] = [file.read(from, to), sliceCandles(whole, from, to)];
    expect(read).toMatchObject({ symbol: whole.symbol, timeframe: whole.timeframe, length: to - from });
    for (const name of CANDLE_COLUMNS) expect([...read[name]], name).toEqual([...expected[name]]);
  }
  for (const time of [0, whole.time[0]!, whole.time[777]!, whole.time[777]! + 1, 1e15]) {
    expect(file.lowerBound(time)).toBe(lowerBound(whole.time, time));
  }
});

it('says what is wrong with the file: at once what its head tells, and its content when it is gone through', () => {
  opened().check();
  expect(() => opened('0'.repeat(64))).toThrow('it holds other bars');
  const bytes = readFileSync(path);
  const changed = Buffer.from(bytes);
  changed[changed.length - 5]! ^= 1;
  writeFileSync(path, changed);
  expect(() => opened().check()).toThrow('its content does not match its checksum');
  truncateSync(path, bytes.length - 8);
  expect(() => opened()).toThrow(`it has ${bytes.length - 8} bytes instead of ${bytes.length}`);
  expect(() => openCandleFile(join(folder, 'none.candles'))).toThrow('none.candles can not be read: ENOENT');
  for (const length of [0, 7, 20]) {
    truncateSync(path, length);
    expect(() => opened()).toThrow(/it is no candle file|its header/);
  }
});
