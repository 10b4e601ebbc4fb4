import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { knownBits, machineOfBits } from './known-bits.ts';

const BITS = 'aaaaaaaaaaaa';
const OTHERS = 'bbbbbbbbbbbb';

let folder: string;
let file: string;
let computed: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regimen-bits-'));
  file = join(folder, 'cache', 'bits.json');
  computed = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

function bitsOf(machine: string | undefined, bits = BITS): Promise<string> {
  const compute = () => {
    computed++;
    return bits;
  };
  return knownBits(file, compute, machine);
}

describe('the bits of a machine', () => {
  it('are computed once, and once more where the folder has moved to another', async () => {
    expect(await bitsOf('one')).toBe(BITS);
    expect(await bitsOf('one', 'never asked')).toBe(BITS);
    expect(computed).toBe(1);
    expect(await bitsOf('two', OTHERS)).toBe(OTHERS);
    expect([await bitsOf('one'), await bitsOf('two')]).toEqual([BITS, OTHERS]);
    expect(computed).toBe(2);
  });

  it('are kept of so many machines only', async () => {
    for (let i = 0; i < 20; i++) await bitsOf(`machine ${i}`);
    expect(readFileSync(file, 'utf8').length).toBeLessThan(500);
    await bitsOf('machine 19');
    expect(computed).toBe(20);
  });

  it('are computed where what is kept is damaged, can not be kept, or nothing is known of the machine', async () => {
    await bitsOf('one');
    for (const text of ['', '{', '[{"machine":"one","bits":"x"}]', '[{"machine":"one"}]']) {
      writeFileSync(file, text);
      expect(await bitsOf('one', OTHERS)).toBe(OTHERS);
    }
    rmSync(join(folder, 'cache'), { recursive: true });
    writeFileSync(join(folder, 'cache'), 'no folder');
    expect(await bitsOf('one')).toBe(BITS);
    computed = 0;
    await bitsOf(undefined);
    await bitsOf(undefined);
    expect(computed).toBe(2);
  });
});

describe('what the bits of a machine depend on', () => {
  const core = (own: string) =>
    `processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Some\ncpu MHz\t\t: 2100.1\n${own}\n\n`;
  const plain = core('flags\t\t: fpu sse4_2');
  const program = (text: string) => {
    const path = join(folder, 'program.js');
    writeFileSync(path, text);
    return path;
  };
  const machine = (processors: string | undefined, text = 'code') => machineOfBits(processors, program(text));

  it('is the processor with what it can do, of each core, and the code', () => {
    const found = machine(plain + plain);
    expect(machine(plain)).toBe(found);
    expect(machine(plain.replace('2100.1', '3000.5').replace('processor\t: 0', 'processor\t: 7'))).toBe(
      found,
    );
    const others = [
      machine(plain.replace('sse4_2', 'sse4_2 fma')),
      machine(plain.replace('Some', 'Another')),
      machine(plain + core('flags\t\t: fpu')),
      machine(plain, 'other code'),
    ];
    expect(new Set([found, ...others]).size).toBe(5);
    const { NODE_OPTIONS } = process.env;
    process.env.NODE_OPTIONS = '--no-warnings --max-lazy';
    expect(machine(plain)).not.toBe(found);
    if (NODE_OPTIONS === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = NODE_OPTIONS;
  });

  it('is not known of a system that does not say what its processor can do, and of sources', () => {
    expect(machine('')).toBeUndefined();
    expect(machine(core('cache size\t: 1 KB'))).toBeUndefined();
    expect(machineOfBits(plain)).toBeUndefined();
    expect(machine(core('Features\t: fp asimd'))).toBeDefined();
  });
});
