import { createHash } from 'node:crypto';
import { brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../contract/errors.ts';
import { createPrng } from '../random/prng.ts';
import { decodeModelFile, encodeModelFile, type ModelFile } from './codec.ts';

const prng = createPrng(5);
const randomBytes = (length: number) => Uint8Array.from({ length }, () => prng.int(256));

const model: ModelFile = {
  configuration: {
    modelType: 'lasso',
    encoder: 'normalized',
    symbol: 'EURUSD',
    timeframe: 'H1',
    daysHistory: 180,
    horizon: 6,
    target: 'return',
    indicatorTimeframes: { rsi: ['H1', 'H4'], atr: ['H1'] },
    hyperparameters: { alpha: 0.01 },
  },
  configHash: 'ab'.repeat(32),
  modelKey: 'cd'.repeat(32),
  pipelineVersion: 1,
  trainingDataDigest: 'ef'.repeat(32),
  featureNames: ['rsi_14', 'atr_14@H1', 'größe'],
  members: [randomBytes(40), new Uint8Array(0), new Uint8Array(300)],
};
const file = encodeModelFile(model);

function codeOf(bytes: Uint8Array): string {
  try {
    decodeModelFile(bytes, 'm.model');
  } catch (error) {
    if (error instanceof EngineError) return error.code;
    throw error;
  }
  return 'read';
}

/** A file whose checksum is right whatever its content: what a newer version, or a forger, would write. */
function sealed(change: (bytes: Uint8Array, view: DataView) => void, length = file.length): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(file.subarray(0, length));
  const view = new DataView(bytes.buffer);
  view.setUint32(12, length, true);
  change(bytes, view);
  const hash = createHash('sha256').update(bytes.subarray(0, 16)).update(bytes.subarray(48)).digest();
  bytes.set(hash, 16);
  return bytes;
}

function withBody(body: Uint8Array, claimedLength = body.length): Uint8Array {
  const compressed = brotliCompressSync(body);
  return sealed((bytes, view) => {
    view.setUint32(48, claimedLength, true);
    bytes.set(compressed, 52);
  }, 52 + compressed.length);
}

test('a model is read back as it was written', () => {
  expect(decodeModelFile(file, 'm.model')).toEqual(model);
});

test('a model of version 1 is known by the key of its run', () => {
  const { modelKey: runKey, members, ...rest } = model;
  const header = new TextEncoder().encode(JSON.stringify({ ...rest, runKey }));
  const parts = [header, ...members].flatMap((part) => {
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, part.length, true);
    return [...length, ...part];
  });
  expect(decodeModelFile(withBody(Uint8Array.from(parts)), 'm.model')).toEqual(model);
});

test('equal models give equal bytes, in whatever order their keys were set', () => {
  const { configuration, ...rest } = model;
  const reversed = Object.fromEntries(Object.entries(configuration).reverse()) as typeof configuration;
  expect(encodeModelFile({ ...rest, configuration: reversed })).toEqual(file);
});

test('any member bytes survive', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 }), (members) => {
      const read = decodeModelFile(encodeModelFile({ ...model, members }), 'm.model');
      expect(read.members.map((m) => [...m])).toEqual(members.map((m) => [...m]));
    }),
  );
});

describe('a damaged file is refused', () => {
  test('with any one bit flipped', () => {
    for (let at = 0; at < file.length; at++) {
      const damaged = file.slice();
      damaged[at]! ^= 1 << (at % 8);
      expect(codeOf(damaged), `byte ${at}`).toBe('artifact-damaged');
    }
  });

  test('with any bytes overwritten', () => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.uint8Array({ minLength: 1, maxLength: 30 }), (at, patch) => {
        const damaged = file.slice();
        damaged.set(patch.subarray(0, file.length - at), at);
        fc.pre(damaged.some((byte, i) => byte !== file[i]));
        expect(codeOf(damaged)).toBe('artifact-damaged');
      }),
    );
  });

  test('cut short anywhere, or with something after its end', () => {
    for (let length = 0; length < file.length; length++) {
      expect(codeOf(file.subarray(0, length)), `${length} bytes`).toBe('artifact-damaged');
    }
    expect(codeOf(Uint8Array.from([...file, 0]))).toBe('artifact-damaged');
  });

  test('with a message that names the file, the defect and what to do', () => {
    expect(() => decodeModelFile(file.subarray(0, 100), 'runs/m.model')).toThrow(
      `Model file "runs/m.model" is damaged: it should have ${file.length} bytes, but has 100. Restore it from a backup, ` +
        'or train its configuration again.',
    );
  });
});

test('a model of another target has scales and a version of its own; one of returns is what it was', () => {
  const version = (bytes: Uint8Array) => new DataView(bytes.buffer).getUint32(8, true);
  const scales = [
    { offset: -0.1, slope: 1 / 3 },
    { offset: 5e-324, slope: 2 },
  ];
  const configuration = { ...model.configuration, target: 'outcome 3:1.5' };
  const other = encodeModelFile({ ...model, configuration, scales });
  expect(decodeModelFile(other, 'm.model')).toEqual({ ...model, configuration, scales });
  expect([version(file), version(other)]).toEqual([2, 3]);
  expect(decodeModelFile(file, 'm.model').configuration.target).toBe('return');
});

test('a file of a newer version is told apart from a damaged one', () => {
  const newer = sealed((_, view) => view.setUint32(8, 4, true));
  expect(codeOf(newer)).toBe('artifact-newer');
  expect(() => decodeModelFile(newer, 'm.model')).toThrow(
    /schema version 4; this Regimen reads up to 3\. Update/,
  );
});

describe('a forged file with a right checksum is refused', () => {
  test('that would unpack to more than it says, or says more than any model holds', () => {
    expect(codeOf(withBody(new Uint8Array(5_000_000), 1000))).toBe('artifact-damaged');
    expect(codeOf(withBody(new Uint8Array(1000), 2000))).toBe('artifact-damaged');
    expect(codeOf(withBody(new Uint8Array(1000), 0xffff_ffff))).toBe('artifact-damaged');
  });

  test('that is not compressed data', () => {
    expect(codeOf(sealed((bytes) => bytes.fill(0xff, 52)))).toBe('artifact-damaged');
  });

  test('that has no header, a header of another shape, or parts beyond its end', () => {
    const part = (text: string) => {
      const bytes = new TextEncoder().encode(text);
      return Uint8Array.from([bytes.length, 0, 0, 0, ...bytes]);
    };
    expect(codeOf(withBody(new Uint8Array(0)))).toBe('artifact-damaged');
    expect(codeOf(withBody(part('{')))).toBe('artifact-damaged');
    expect(codeOf(withBody(part('{"configuration":{}}')))).toBe('artifact-damaged');
    expect(codeOf(withBody(Uint8Array.of(9, 0, 0, 0, 1)))).toBe('artifact-damaged');
    expect(codeOf(withBody(Uint8Array.of(1, 0)))).toBe('artifact-damaged');
  });
});
