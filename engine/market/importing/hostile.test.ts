import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from '../../contract/errors.ts';
import { type Hostile, hostileFiles, withstand } from '../../testing/hostile.ts';
import { sliceCandles } from '../candles.ts';
import { demoMarket } from '../demo-market.ts';
import { fixtureBars } from '../reading/formats/fixtures/cases.ts';
import { hstFile } from '../reading/formats/fixtures/hst.ts';
import { decodeCandles, encodeCandles } from '../series/candle-file.ts';
import { importSeries } from './import-series.ts';

/** Whatever a market data file holds, it is imported or refused, soon, and what is stored stays as it is. */

let root: string;
let folder: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'hostile-market-'));
  folder = join(root, 'candles');
  mkdirSync(folder);
});
afterAll(() => rmSync(root, { recursive: true }));

const state = () => readdirSync(folder);

async function importFrom(file: string, timeframe: 'H1' | 'M1' = 'H1') {
  await importSeries({ file, symbol: 'EURUSD', timeframe, folder }, () => undefined);
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
}

function attempt(content: Uint8Array): Promise<void> {
  const file = join(root, 'input');
  writeFileSync(file, content);
  return importFrom(file);
}

const BARS = fixtureBars();
const ROWS = BARS.map(({ time, open, high, low, close, volume }) =>
  [new Date(time).toISOString(), open, high, low, close, volume].join(),
);
const HEADER = 'time,open,high,low,close,volume';
const CSV = Buffer.from(`${[HEADER, ...ROWS].join('\n')}\n`);
const HST = hstFile(401, BARS, 'UTC');
const OLD_HST = hstFile(400, BARS, 'UTC');

/** A table in which row 10 is another one. */
const withRow = (row: string): Hostile => ({
  title: row.slice(0, 60),
  content: Buffer.from(`${[HEADER, ...ROWS.slice(0, 10), row, ...ROWS.slice(10, 60)].join('\n')}\n`),
});

describe('a hostile market data file', () => {
  it.each([
    ['as a CSV', CSV, 8],
    ['as a history file of version 401', HST, 15],
    ['as a history file of version 400', OLD_HST, 15],
    ['as a zip', zipSync({ 'x.csv': Uint8Array.from(CSV) }), 40],
  ])('%s', async (_title, good, refused) => {
    await withstand({ inputs: hostileFiles(good, 8, 60), attempt, state, refused });
  });

  it('whose header claims what it has not', async () => {
    const inputs = [400, 401].flatMap((version) => {
      const good = version === 400 ? OLD_HST : HST;
      return [4, 68, 80, 84, 148, 152, 156, 164, 180, 188, 196, 204].flatMap((at) =>
        [0xffffffff, 0x7fffffff, 0x80000000, 0x7ff00000].map((value) => {
          const content = Uint8Array.from(good);
          new DataView(content.buffer).setUint32(at, value, true);
          return { title: `${value.toString(16)} at ${at} of ${version}`, content };
        }),
      );
    });
    await withstand({ inputs, attempt, state, refused: 4 });
  });

  it('with a row of its own', async () => {
    const inputs = [
      '',
      ',,,,,',
      '"'.repeat(1000),
      `2019-03-04T10:00:00Z,${'9'.repeat(400)},1,1,1,1`,
      '2019-03-04T10:00:00Z,1e999,1,1,1,1',
      '2019-03-04T10:00:00Z,NaN,NaN,NaN,NaN,NaN',
      '2019-03-04T10:00:00Z,Infinity,1,1,1,1',
      '2019-03-04T10:00:00Z,-1,-1,-1,-1,-1',
      '2019-03-04T10:00:00Z,1e-320,1e-320,1e-320,1e-320,0',
      '2019-03-04T10:00:00Z,1,2,0.5,1,1e308',
      '0000-00-00T00:00:00Z,1,1,1,1,1',
      '9999-99-99T99:99:99Z,1,1,1,1,1',
      '2199-12-31T23:00:00Z,1,1,1,1,1',
      '1700-01-01T00:00:00Z,1,1,1,1,1',
      '2019-03-04T10:00:00+99:99,1,1,1,1,1',
      '=cmd|calc!A1,1,1,1,1,1',
      '\u001b]0;x\u0007,1,1,1,1,1',
      '__proto__,1,1,1,1,1',
      `2019-03-04T10:00:00Z${',1'.repeat(100_000)}`,
      'x'.repeat(1_000_000),
    ].map(withRow);
    await withstand({ inputs, attempt, state, refused: 5 });
  });
});

describe('a file that is far larger than what it holds', () => {
  /** A file of holes: it reads as zeros, and takes no room. */
  function sparse(name: string, head: string, bytes: number): string {
    const file = join(root, name);
    writeFileSync(file, head);
    truncateSync(file, bytes);
    return file;
  }
  const start = `${[HEADER, ...ROWS.slice(0, 50)].join('\n')}\n`;

  it.each([
    [
      'of line ends',
      () => {
        const file = join(root, 'lines.csv');
        writeFileSync(file, Buffer.concat([Buffer.from(start), Buffer.alloc(20_000_000, 10)]));
        return file;
      },
    ],
    [
      'of one line',
      () => {
        const file = join(root, 'line.csv');
        writeFileSync(file, Buffer.concat([Buffer.from(start), Buffer.alloc(100_000_000, 0x78)]));
        return file;
      },
    ],
    ['of zeros', () => sparse('zeros.csv', start, 200_000_000)],
    [
      'of zeros after the head of a history file',
      () => {
        const file = join(root, 'zeros.hst');
        writeFileSync(file, HST);
        truncateSync(file, 148 + 60 * 1_000_000);
        return file;
      },
    ],
    [
      'of zeros in a zip',
      () => {
        const file = join(root, 'bomb.zip');
        writeFileSync(
          file,
          zipSync({ 'x.csv': Buffer.concat([Buffer.from(start), Buffer.alloc(10_000_000, 10)]) }),
        );
        return file;
      },
    ],
  ])('%s comes to an end, and takes no memory for what is not there', async (_title, make) => {
    const file = make();
    const before = process.memoryUsage().rss;
    await importFrom(file).catch((error) => expect(error).toBeInstanceOf(EngineError));
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
    rmSync(file);
  });

  it('with centuries between its bars is examined as soon as one with years', async () => {
    const minutes = Array.from(
      { length: 50 },
      (_, i) => `2019-03-04T10:${String(i).padStart(2, '0')}:00Z,1,1,1,1,1`,
    );
    /** Processor time, the least of three: others are at work beside it. */
    async function costOf(first: string, last: string): Promise<number> {
      const file = join(root, 'gap.csv');
      const bars = [`${first}T10:00:00Z,1,1,1,1,1`, ...minutes, `${last}T10:00:00Z,1,1,1,1,1`];
      writeFileSync(file, `${[HEADER, ...bars].join('\n')}\n`);
      let least = Number.POSITIVE_INFINITY;
      for (let n = 0; n < 3; n++) {
        const before = process.cpuUsage();
        await importFrom(file, 'M1').catch((error) => expect(error).toBeInstanceOf(EngineError));
        least = Math.min(least, process.cpuUsage(before).user);
      }
      // Some systems count in ticks, and nothing at all of what is shorter.
      return Math.max(least, 4000);
    }
    await costOf('2018-01-04', '2020-01-06');
    const years = await costOf('2018-01-04', '2020-01-06');
    expect(await costOf('1700-01-04', '2199-01-04')).toBeLessThan(20 * years);
  });
});

it('a hostile candle file is damaged, whatever is in it', async () => {
  const good = encodeCandles(sliceCandles(demoMarket()[0]!, 0, 50));
  const inputs = hostileFiles(good, 9, 60);
  const read = (content: Uint8Array) => void decodeCandles(content, 'x');
  await withstand({ inputs, attempt: read, state, refused: 60 });
  const header = (json: string): Hostile => {
    const text = json.padEnd(Math.ceil(json.length / 8) * 8);
    const content = Buffer.concat([Buffer.from('RGMCANDL'), Buffer.alloc(8), Buffer.from(text)]);
    content.writeUInt32LE(1, 8);
    content.writeUInt32LE(text.length, 12);
    return { title: json, content };
  };
  const forged = [0, -1, 0.5, 1e15, 9007199254740991, 'x', null].map((length) =>
    header(JSON.stringify({ symbol: 'X', timeframe: 'H1', length, synthetic: false, digest: 'd' })),
  );
  await withstand({
    inputs: [...forged, header('[]'), header('null'), header('"x"'), header('{')],
    attempt: read,
    state,
    refused: forged.length + 4,
  });
});
