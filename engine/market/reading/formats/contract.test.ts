import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTimeZone } from '../../../contract/time-zone.ts';
import { importFile, inspectFile } from '../../importing/import.ts';
import {
  CONTRACT_CASES,
  type ContractCase,
  type FixtureBar,
  fixtureBars,
  written,
} from './fixtures/cases.ts';
import { CONTAINER_CASES, type ContainerCase } from './fixtures/containers.ts';
import { type HstVersion, hstFile } from './fixtures/hst.ts';
import { TICK_CASES } from './fixtures/ticks.ts';
import { BINARY_FORMATS, TEXT_FORMATS } from './index.ts';
import { sampleText } from './sample.ts';

const HOUR = 3_600_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'formats-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const utf8 = (text: string) => new TextEncoder().encode(text);

function fileOf(bytes: Uint8Array): string {
  // A name without an extension: formats are recognized by content alone.
  const path = join(folder, 'market-data');
  writeFileSync(path, bytes);
  return path;
}

function linesOf(c: ContractCase, bars: readonly FixtureBar[]): string[] {
  const stamped = (bar: FixtureBar) => (c.isClosing === true ? { ...bar, time: bar.time + 3_600_000 } : bar);
  return [...c.header, ...bars.map((bar) => c.row(written(stamped(bar), c.zone)))];
}

function importLines(c: ContractCase, lines: readonly string[], encode = utf8, lineEnd = '\n') {
  const text = encode(lines.map((line) => line + lineEnd).join(''));
  const path = fileOf(c.pack === undefined ? text : c.pack(text));
  return importFile(path, { symbol: 'EURUSD', timeframe: c.daily ? 'D1' : 'H1', timezone: c.given });
}

function expectBars(
  candles: Awaited<ReturnType<typeof importFile>>['candles'],
  bars: readonly FixtureBar[],
  hasVolume: boolean,
  spread?: (bar: FixtureBar) => number,
) {
  expect([...candles.time]).toEqual(bars.map((b) => b.time));
  expect([...candles.open]).toEqual(bars.map((b) => b.open));
  expect([...candles.high]).toEqual(bars.map((b) => b.high));
  expect([...candles.low]).toEqual(bars.map((b) => b.low));
  expect([...candles.close]).toEqual(bars.map((b) => b.close));
  expect([...candles.volume]).toEqual(bars.map((b) => (hasVolume ? b.volume : 0)));
  expect([...candles.spread]).toEqual(bars.map((b) => spread?.(b) ?? Number.NaN));
}

it('has a case for every format', () => {
  // Those of columns are read from files of a foreign writer, in tables/columns-table.test.ts; ticks have cases of their own.
  const elsewhere = ['metatrader4-hst', 'parquet', 'feather', ...TICK_CASES.map((c) => c.format)];
  const covered = new Set([
    ...[...CONTRACT_CASES, ...CONTAINER_CASES].map((c) => c.format),
    ...elsewhere,
  ]).add('metatrader4-hst');
  expect([...covered].sort()).toEqual([...TEXT_FORMATS, ...BINARY_FORMATS].map((f) => f.name).sort());
});

describe.each(CONTRACT_CASES)('$title', (c) => {
  const bars = fixtureBars(c.daily);
  const lines = linesOf(c, bars);

  it('is recognized by one format more surely than by any other', () => {
    const sample = sampleText(lines.join('\n'), true);
    const ranked = TEXT_FORMATS.map((format) => ({ format, result: sample && format.recognize(sample) }))
      .flatMap(({ format, result }) =>
        result && 'confidence' in result ? [{ name: format.name, confidence: result.confidence }] : [],
      )
      .sort((a, b) => b.confidence - a.confidence);
    expect(ranked[0]!.name).toBe(c.format);
    expect(ranked[0]!.confidence).toBeGreaterThan(ranked[1]?.confidence ?? 0);
  });

  it('reads every bar exactly, at the right time, through daylight saving', async () => {
    const result = await importLines(c, lines);
    expect(result).toMatchObject({
      format: c.format,
      timezone: c.timezone,
      rows: bars.length,
      badRows: 0,
      duplicates: 0,
    });
    expectBars(result.candles, bars, c.hasVolume, c.spread);
    expect(result.notes.some((note) => /[Ss]et .*time zone/.test(note))).toBe(
      c.timezone.source === 'default' ||
        c.timezone.source === 'inferred' ||
        c.format === 'histdata' ||
        c.format === 'ninjatrader',
    );
  });

  it('reads bars of weeks', async () => {
    const { toUtc } = findTimeZone(c.zone);
    const weekly = bars.slice(0, 60).map((bar, i) => ({ ...bar, time: toUtc(Date.UTC(2018, 0, 7 + 7 * i)) }));
    // Closing stamps are written an hour after the time of a bar.
    const closes = weekly.map((bar) => ({ ...bar, time: bar.time + 7 * 24 * HOUR - HOUR }));
    const text = utf8(linesOf(c, c.isClosing === true ? closes : weekly).join('\n'));
    const { candles } = await importFile(fileOf(c.pack?.(text) ?? text), {
      symbol: 'EURUSD',
      timeframe: 'W1',
      timezone: ['format', 'stamp'].includes(c.timezone.source) ? undefined : c.zone,
    });
    expectBars(candles, weekly, c.hasVolume, c.spread);
  });

  it.each([
    ['CR LF', utf8, '\r\n'],
    ['CR', utf8, '\r'],
    ['UTF-8 with a byte order mark', (text: string) => utf8(`\uFEFF${text}`), '\n'],
    ['UTF-16 LE with a mark', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'), '\r\n'],
    ['UTF-16 LE without a mark', (text: string) => Buffer.from(text, 'utf16le'), '\r\n'],
    ['UTF-16 BE with a mark', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(), '\n'],
  ] as const)('reads %s', async (_, encode, lineEnd) => {
    const { candles } = await importLines(c, lines, encode, lineEnd);
    expectBars(candles, bars, c.hasVolume, c.spread);
  });

  it('sorts a descending file, drops a row that comes twice, and refuses two that differ', async () => {
    const backwards = [...c.header, ...lines.slice(c.header.length).reverse()];
    expectBars((await importLines(c, backwards)).candles, bars, c.hasVolume, c.spread);

    const twice = await importLines(c, [...lines, ...linesOf(c, [bars[3]!]).slice(c.header.length)]);
    expect(twice.duplicates).toBe(1);
    expectBars(twice.candles, bars, c.hasVolume, c.spread);
    const changed = { ...bars[3]!, close: bars[3]!.open };
    const differing = [...lines, ...linesOf(c, [changed]).slice(c.header.length)];
    await expect(importLines(c, differing)).rejects.toMatchObject({
      code: 'data-invalid',
      message: expect.stringContaining('two different bars'),
    });
  });

  it('reports a garbled row with its line number and skips it', async () => {
    const at = c.header.length + 40;
    const result = await importLines(c, lines.with(at, 'garbled \u0001 row').toSpliced(5, 0, ''));
    // The blank line in front moves it by one and is no row.
    expect(result.badLines).toEqual([
      { line: at + 2, text: 'garbled \u0001 row', reason: expect.any(String) },
    ]);
    expect(result).toMatchObject({ rows: bars.length, badRows: 1 });
    expectBars(result.candles, bars.toSpliced(40, 1), c.hasVolume, c.spread);
  });

  it('refuses a file with more than 1 % bad rows, naming file and line', async () => {
    const spoiled = lines.map((line, i) => (i >= c.header.length && i % 50 === 20 ? 'x' : line));
    await expect(importLines(c, spoiled)).rejects.toMatchObject({
      code: 'data-invalid',
      details: { file: expect.any(String), line: 21, problems: expect.arrayContaining([expect.anything()]) },
    });
  });

  it('refuses a file without usable rows', async () => {
    if (c.header.length > 0) {
      await expect(importLines(c, c.header)).rejects.toMatchObject({ code: 'data-invalid' });
    }
    const impossible = lines
      .slice(c.header.length)
      .map((line) => line.replaceAll('1.1', '-1.1').replaceAll('1,1', '-1,1'));
    await expect(importLines(c, [...c.header, ...impossible])).rejects.toMatchObject({
      code: expect.stringMatching(/^(data-invalid|format-unknown)$/),
    });
  });
});

describe.each(CONTAINER_CASES)('$title', (c: ContainerCase) => {
  const bars = fixtureBars();
  const importBytes = (bytes: Uint8Array) => importFile(fileOf(bytes), { symbol: 'EURUSD', timeframe: 'H1' });

  it('reads every bar exactly, and what the file says of them', async () => {
    const result = await importBytes(c.document(bars));
    expect(result).toMatchObject({
      format: c.format,
      timezone: c.timezone,
      rows: bars.length,
      badRows: 0,
      duplicates: 0,
    });
    expectBars(result.candles, bars, true, c.spread);
    if (c.says === undefined) return;
    const { timeframe, symbol } = await inspectFile(fileOf(c.document(bars)));
    expect({ timeframe, symbol }).toEqual(c.says);
  });

  it('sorts a descending file, drops a bar that comes twice, and refuses two that differ', async () => {
    expectBars((await importBytes(c.document(bars.toReversed()))).candles, bars, true, c.spread);
    if (c.format === 'alpha-vantage') return; // One object can't have a key twice.
    const twice = await importBytes(c.document([...bars, bars[3]!]));
    expect(twice.duplicates).toBe(1);
    expectBars(twice.candles, bars, true, c.spread);
    const changed = { ...bars[3]!, close: bars[3]!.open };
    await expect(importBytes(c.document([...bars, changed]))).rejects.toMatchObject({
      code: 'data-invalid',
      message: expect.stringContaining('two different bars'),
    });
  });

  it('reports a garbled row by its number and skips it, and refuses more than 1 %', async () => {
    const result = await importBytes(c.document(bars, 40));
    const isReversed = ['alpha-vantage', 'twelve-data'].includes(c.format);
    expect(result.badLines).toMatchObject([
      { line: isReversed ? bars.length - 40 : 41, reason: 'the time stamp can not be read' },
    ]);
    expectBars(result.candles, bars.toSpliced(40, 1), true, c.spread);
    await expect(importBytes(c.document(bars.slice(0, 60), 20))).rejects.toMatchObject({
      code: 'data-invalid',
      message: expect.stringMatching(/The first: row \d+, the time stamp/),
    });
  });

  it('refuses a file that breaks off, and one without rows', async () => {
    const bytes = c.document(bars);
    await expect(importBytes(bytes.slice(0, bytes.length >> 1))).rejects.toMatchObject({
      code: 'data-invalid',
    });
    await expect(importBytes(c.document([]))).rejects.toMatchObject({
      code: expect.stringMatching(/^(data-invalid|format-unknown)$/),
    });
  });
});

describe.each([400, 401] as const)('MetaTrader 4 .hst, version %d', (version: HstVersion) => {
  const bars = fixtureBars();
  const options = { symbol: 'EURUSD', timeframe: 'H1', timezone: 'EET' } as const;
  const bytes = hstFile(version, bars, 'Europe/Helsinki');

  it('reads every bar exactly', async () => {
    const result = await importFile(fileOf(bytes), options);
    expect(result).toMatchObject({ format: 'metatrader4-hst', rows: bars.length, badRows: 0 });
    expectBars(result.candles, bars, true, version === 401 ? (b) => b.points / 100_000 : undefined);
    expect(await inspectFile(fileOf(bytes))).toMatchObject({
      symbol: 'EURUSD',
      timeframe: 'H1',
      bars: bars.length,
    });
  });

  it('reports a garbled record by its number and skips it', async () => {
    const garbled = hstFile(version, bars.with(40, { ...bars[40]!, low: -1 }), 'Europe/Helsinki');
    const result = await importFile(fileOf(garbled), options);
    expect(result.badLines).toMatchObject([{ line: 41, reason: 'a price is not positive' }]);
    expectBars(
      result.candles,
      bars.toSpliced(40, 1),
      true,
      version === 401 ? (b) => b.points / 100_000 : undefined,
    );
  });

  it.each([
    ['inside a record', 20],
    ['inside the header', bytes.length - 100],
  ])('refuses a file truncated %s', async (_, missing) => {
    await expect(importFile(fileOf(bytes.slice(0, bytes.length - missing)), options)).rejects.toMatchObject({
      code: 'data-invalid',
      message: expect.stringContaining('truncated'),
      details: { file: expect.any(String), line: expect.any(Number) },
    });
  });

  it('refuses a header without records, and too many bad records', async () => {
    await expect(importFile(fileOf(hstFile(version, [], 'UTC')), options)).rejects.toMatchObject({
      code: 'data-invalid',
    });
    const bad = bars.map((b, i) => (i % 50 === 0 ? { ...b, open: Number.NaN } : b));
    await expect(importFile(fileOf(hstFile(version, bad, 'UTC')), options)).rejects.toMatchObject({
      code: 'data-invalid',
    });
  });
});
