import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encode, pack } from '../wire.ts';
import { createSeal } from './seal.ts';

const seal = createSeal('a key that is shared');
const MESSAGE = { group: 'one', values: Float64Array.of(1.5, Number.NaN), bytes: Uint8Array.of(1, 2, 3) };

it('gives back what was sealed, bit for bit', () => {
  expect(seal.open('task', seal.seal('task', MESSAGE))).toEqual(MESSAGE);
});

it('begins with HMAC-SHA256 of the kind and the message', () => {
  const bytes = encode(MESSAGE);
  const mac = createHmac('sha256', 'a key that is shared').update('task\0').update(bytes).digest();
  expect(seal.seal('task', MESSAGE)).toEqual(Buffer.concat([mac, bytes]));
});

describe('without a key', () => {
  const open = createSeal(undefined);
  it('begins with CRC-32 of the kind and the message, and its length', () => {
    const bytes = encode(MESSAGE);
    const expected = Buffer.alloc(32);
    expected.writeUInt32LE(crc32(Buffer.concat([Buffer.from('task\0'), bytes])), 0);
    expected.writeUInt32LE(bytes.length, 4);
    expect(open.seal('task', MESSAGE)).toEqual(Buffer.concat([expected, bytes]));
    expect(open.open('task', open.seal('task', MESSAGE))).toEqual(MESSAGE);
  });

  it('opens nothing that is damaged, cut off, of another kind or signed', () => {
    const sealed = open.seal('task', MESSAGE);
    for (const at of [0, 4, 31, 32, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(() => open.open('task', changed), `byte ${at}`).toThrow(/damaged/);
    }
    for (const length of [20, 32, sealed.length - 1])
      expect(() => open.open('task', sealed.subarray(0, length)), `${length} bytes`).toThrow(/damaged/);
    expect(() => open.open('control', sealed)).toThrow(/damaged/);
    expect(() => open.open('task', seal.seal('task', MESSAGE))).toThrow(/damaged/);
  });
});

it('is the same around what was packed, sealed where it lies', () => {
  const result = { status: 'tried', index: 1, isPruned: false, folds: [], seconds: 1 } as const;
  const expected = { events: [{ type: 'result', group: 'one', position: 2, packed: pack(result) }] };
  const packed = pack(result);
  const sealed = seal.seal('events', { events: [{ ...expected.events[0], packed }] }, packed);
  expect(sealed.buffer).toBe(packed.buffer);
  expect(seal.open('events', sealed)).toStrictEqual(expected);
});

it('opens nothing of another key, of another kind, or with one bit changed', () => {
  const sealed = seal.seal('task', MESSAGE);
  for (const other of [createSeal('another key'), createSeal(undefined)]) {
    expect(() => other.open('task', sealed)).toThrow(/REGIMEN_WORKER_KEY/);
  }
  expect(() => seal.open('control', sealed)).toThrow(/not signed with the shared key/);
  for (const at of [0, 31, 32, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed[at]! ^= 1;
    expect(() => seal.open('task', changed), `byte ${at}`).toThrow(/not signed/);
  }
  expect(() => seal.open('task', sealed.subarray(0, 20))).toThrow(/not signed/);
});

it('tells keys apart without telling them', () => {
  expect(seal.fingerprint).toMatch(/^[0-9a-f]{8}$/);
  expect(seal.fingerprint).not.toBe(createSeal('another key').fingerprint);
  expect(createSeal(undefined).fingerprint).toBe('none');
});
