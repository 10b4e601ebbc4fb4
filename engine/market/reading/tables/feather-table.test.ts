import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EngineError } from '../../../contract/errors.ts';
import { createPrng } from '../../../random/prng.ts';
import type { MarketSource } from '../source.ts';
import { featherTable } from './feather-table.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const HEAD = 65_536;

async function read(bytes: Uint8Array): Promise<'read' | 'refused'> {
  const pieces = async function* () {
    yield bytes;
  };
  const source = { file: 'some.feather', size: bytes.length, head: bytes.subarray(0, HEAD), pieces };
  try {
    const table = await featherTable(source as unknown as MarketSource, HEAD);
    for await (const piece of table.pieces()) expect(piece.length).toBeGreaterThan(0);
    return 'read';
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ code: 'data-invalid' });
    return 'refused';
  }
}

/** Ranges of zeros and of ones, single bits, and ends that are missing. */
function damaged(good: Uint8Array, seed: number): Uint8Array {
  const prng = createPrng(seed);
  const bytes = good.slice();
  const from = prng.int(bytes.length - 1);
  if (seed % 4 === 0) return bytes.subarray(0, from);
  if (seed % 4 === 3) {
    for (let k = 0; k < 3; k++) bytes[prng.int(bytes.length)]! ^= 1 << prng.int(8);
    return bytes;
  }
  return bytes.fill(seed % 4 === 1 ? 0 : 0xff, from, from + 1 + prng.int(3000));
}

it.each(['utc-lz4.feather', 'utc-zstd.feather', 'utc-uncompressed.feather', 'utc.arrows'])(
  '%s is read to its end or refused in words, wherever it is damaged: its library would go round for ever, or fill the memory',
  async (name) => {
    const good = new Uint8Array(readFileSync(join(FIXTURES, name)));
    expect(await read(good)).toBe('read');
    const outcomes = [];
    for (let seed = 1; seed <= 200; seed++) outcomes.push(await read(damaged(good, seed)));
    expect(outcomes.filter((outcome) => outcome === 'refused').length).toBeGreaterThan(100);
  },
);
