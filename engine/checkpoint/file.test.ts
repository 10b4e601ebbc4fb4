import type * as fs from 'node:fs';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readHeader, verifyCheckpoint } from './file.ts';
import { readSection } from './json-form.ts';
import { encodeCheckpoint } from './testing/json-form.ts';

function verify(path: string): unknown {
  const verifying = verifyCheckpoint(path);
  let step = verifying.next();
  while (!step.done) step = verifying.next();
  return step.value.header;
}

const open = new Set<number>();

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  return {
    ...real,
    openSync(path: string, flags: string) {
      const file = real.openSync(path, flags);
      open.add(file);
      return file;
    },
    closeSync(file: number) {
      real.closeSync(file);
      open.delete(file);
    },
  };
});

const MEGABYTE = 1 << 20;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checkpoint-file-'));
  path = join(folder, 'a.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  const left = open.size;
  open.clear();
  expect(left).toBe(0);
});

type Sections = Readonly<Record<string, readonly object[]>>;

function write(header: object, sections: Sections): Uint8Array[] {
  const chunks = [...encodeCheckpoint(header, Object.entries(sections))];
  writeFileSync(path, Buffer.concat(chunks));
  return chunks;
}

function read(name: string): unknown[] {
  return Array.from(readSection(path, name), (line) => JSON.parse(line.toString()));
}

describe('the form of a checkpoint file', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(']', '],', '"b":[', '\n', ',', '}', '"checksum":"'),
  );
  const items = fc.array(fc.record({ text, n: fc.integer() }), { maxLength: 12 });

  it('gives back every item of every section, whatever its letters', async () => {
    await fc.assert(
      fc.asyncProperty(items, items, async (a, b) => {
        write({ sequence: 7 }, { a, none: [], b });
        expect(verify(path)).toEqual({
          format: 'regimen-checkpoint',
          version: 2,
          sequence: 7,
        });
        expect([read('a'), read('none'), read('b')]).toEqual([a, [], b]);
      }),
      { numRuns: 25 },
    );
  });

  it('gives back items that are longer than what is read at once', async () => {
    // Letters of two bytes: the ends of what is read fall between them.
    const a = [{ text: 'ä'.repeat(1.2 * MEGABYTE) }, {}, { text: 'ö'.repeat(600_000) }];
    const b = [{ text: 'ü'.repeat(50) }, {}];
    write({}, { a, b });
    verify(path);
    expect(isDeepStrictEqual([read('a'), read('b')], [a, b])).toBe(true);
  });

  it('is JSON, in chunks of about a megabyte', () => {
    const a = Array.from({ length: 30 }, (_, i) => ({ i, text: 'x'.repeat(100_000) }));
    const chunks = write({ sequence: 1 }, { a, b: [{}] });
    const json = JSON.parse(Buffer.concat(chunks).toString());
    const { checksum, ...rest } = json;
    expect(
      isDeepStrictEqual(rest, { format: 'regimen-checkpoint', version: 2, sequence: 1, a, b: [{}] }),
    ).toBe(true);
    expect(checksum).toMatch(/^[0-9a-f]{64}$/);
    // The last two are the rest and the checksum.
    const lengths = chunks.slice(0, -2).map((chunk) => chunk.length);
    expect(lengths).toHaveLength(2);
    for (const length of lengths) {
      expect(length).toBeGreaterThanOrEqual(MEGABYTE);
      expect(length).toBeLessThan(MEGABYTE + 100_100);
    }
  });

  it('has no section but those in it, and the file is closed when the rest of one is not asked for', () => {
    write({}, { runs: [{ n: 1 }, { n: 2 }] });
    for (const name of ['run', 'uns', 'checksum']) {
      expect(() => read(name)).toThrow(
        expect.objectContaining({
          code: 'artifact-damaged',
          message: expect.stringContaining(`it has no "${name}"`),
          details: { file: path },
        }),
      );
    }
    for (const line of readSection(path, 'runs')) {
      expect(line.toString()).toBe('{"n":1}');
      break;
    }
  });
});

describe('the beginning of a checkpoint file', () => {
  const START = '{"format":"regimen-checkpoint","version":1';

  it('is told without the rest', () => {
    writeFileSync(path, `${START},"sequence":3,\nanything`);
    expect(readHeader(path)).toEqual({
      header: { format: 'regimen-checkpoint', version: 1, sequence: 3 },
      isDoubtful: false,
    });
  });

  it.each([
    '',
    '\n',
    'PK,\n',
    `${START}}\n`,
    `${START},`, // no line
    `{"format":"another","version":1,\n`,
    `{"format":"regimen-checkpoint","version":0,\n`,
    `{"format":"regimen-checkpoint",\n`,
  ])('%j is none', (content) => {
    writeFileSync(path, content);
    expect(readHeader(path)).toBeUndefined();
  });

  it('is asked for after the checksum: what is intact may still be something else', async () => {
    write({ format: 'another' }, {});
    expect(() => verify(path)).toThrow(
      expect.objectContaining({
        code: 'artifact-damaged',
        message: expect.stringContaining('it does not start as a checkpoint does'),
      }),
    );
  });

  it('says which version a newer one has', async () => {
    write({ version: 5 }, {});
    expect(() => verify(path)).toThrow(
      expect.objectContaining({ code: 'artifact-newer', details: { file: path, version: 5 } }),
    );
  });
});

it('a file that can not be read says why', async () => {
  mkdirSync(path);
  const unreadable = (reason: string) =>
    expect.objectContaining({
      code: 'file-unreadable',
      message: expect.stringContaining(reason),
    });
  expect(() => verify(path)).toThrow(unreadable('is a folder'));
  const missing = join(folder, 'none.json');
  expect(() => readHeader(missing)).toThrow(unreadable('There is no file'));
});
