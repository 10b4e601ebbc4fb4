import { describe, expect, it } from 'vitest';
import { EngineError, toErrorDto } from '../contract/errors.ts';
import type { CellResult, CompletedCell } from '../pipeline/job.ts';
import { exampleConfiguration } from '../store/testing/example-rows.ts';
import {
  decode,
  decodeJobs,
  decodeResult,
  encode,
  encodeAround,
  encodeJobs,
  encodeResult,
  pack,
  unpack,
} from './wire.ts';

const COMPLETED: CompletedCell = {
  status: 'completed',
  index: 3,
  metrics: { rmse: 0.1 + 0.2, mae: 0, r2: Number.NEGATIVE_INFINITY, rankIc: -0 },
  trainRows: 1000,
  importance: {
    names: ['ä', 'rsi'],
    gain: Float64Array.of(0.25, Number.NaN),
    splits: Float64Array.of(),
  },
  results: Float64Array.of(1, -0, Number.NaN, Infinity, Number.MIN_VALUE),
  artifact: Uint8Array.of(1, 2, 255),
  seconds: 0.5,
};

describe('the bytes of a result', () => {
  it.each<[string, CellResult]>([
    ['that was completed', COMPLETED],
    ['without split counts', { ...COMPLETED, importance: { names: [], gain: Float64Array.of(1) } }],
    [
      'that failed',
      {
        status: 'failed',
        index: 0,
        error: toErrorDto(new EngineError('training-failed', 'no rows', { line: 7 })),
        seconds: 0,
      },
    ],
  ])('bring back one %s, bit for bit', (_, result) => {
    expect(decodeResult(encodeResult(result))).toStrictEqual(result);
    expect(unpack(pack(result), 'a result')).toStrictEqual(result);
  });

  it('may lie anywhere in a longer buffer, and arrays on a part of theirs', () => {
    const results = Float64Array.of(9, 1, 2, 9).subarray(1, 3);
    const bytes = encodeResult({ ...COMPLETED, results });
    const moved = new Uint8Array(bytes.length + 5);
    moved.set(bytes, 3);
    const back = decodeResult(moved.subarray(3, 3 + bytes.length));
    expect(back).toStrictEqual({ ...COMPLETED, results: Float64Array.of(1, 2) });
  });

  it.each([
    ['nothing', () => new Uint8Array()],
    ['a header that is cut off', (b: Uint8Array) => b.subarray(0, 40)],
    ['arrays that are cut off', (b: Uint8Array) => b.subarray(0, b.length - 8)],
    ['a header that is no JSON', (b: Uint8Array) => b.with(5, 0x7b)],
    ['a header that is no text', (b: Uint8Array) => b.with(5, 0xff)],
  ])('are refused when they are %s', (_, damage) => {
    expect(() => decodeResult(damage(encodeResult(COMPLETED)))).toThrow(
      expect.objectContaining({ code: 'data-invalid' }),
    );
  });
});

it('brings jobs with their models, also where those were read as buffers', () => {
  const bytes = Uint8Array.of(3, 1, 2);
  const job = { index: 1, configuration: exampleConfiguration(1), file: 'a.model', strategies: [0, 7] };
  expect(decodeJobs(encodeJobs([{ ...job, model: Buffer.from(bytes) }]))).toStrictEqual([
    { ...job, model: bytes },
  ]);
});

it('brings single precision as it is, an odd number of them before doubles, too', () => {
  const value = { single: Float32Array.of(1.5, Number.NaN, -0), double: Float64Array.of(0.1) };
  expect(decode(encode(value), 'it')).toStrictEqual(value);
  expect(unpack(pack(value), 'it')).toStrictEqual(value);
  const bytes = encode(value);
  const moved = new Uint8Array(bytes.length + 5);
  moved.set(bytes, 3);
  expect(decode(moved.subarray(3, 3 + bytes.length), 'it')).toStrictEqual(value);
});

describe('a packed result', () => {
  it('has a message put around it where it lies, which reads as any other', () => {
    const room = 32;
    const packed = pack(COMPLETED);
    const bytes = packed.slice();
    const message = encodeAround({ events: [{ position: -0, packed }, { type: 'end' }] }, packed, room)!;
    expect(message.buffer).toBe(packed.buffer);
    expect(message.subarray(0, room).every((byte) => byte === 0x20)).toBe(true);
    const expected = { events: [{ position: -0, packed: bytes }, { type: 'end' }] };
    expect(decode(message.subarray(room), 'it')).toStrictEqual(expected);
    const views = decode(message.subarray(room), 'it', { copies: false }) as typeof expected;
    expect(views.events[0]!.packed!.buffer).toBe(packed.buffer);
    expect(unpack(views.events[0]!.packed!, 'it')).toStrictEqual(COMPLETED);
  });

  it('has none put around it that is too long, has more arrays, or would be around something else', () => {
    const packed = pack(COMPLETED);
    const others = [
      { packed, text: 'x'.repeat(500) },
      { packed, more: packed },
      { packed, more: Float64Array.of(1) },
    ];
    for (const value of others) expect(encodeAround(value, packed, 32)).toBeUndefined();
    const elsewhere = packed.slice();
    expect(encodeAround({ packed: elsewhere }, elsewhere, 32)).toBeUndefined();
  });

  it('may lie anywhere', () => {
    const packed = pack(COMPLETED);
    const moved = new Uint8Array(packed.length + 5);
    moved.set(packed, 3);
    expect(unpack(moved.subarray(3, 3 + packed.length), 'a result')).toStrictEqual(COMPLETED);
  });

  const sized = (bytes: Uint8Array, at: number, size: number) => {
    const changed = bytes.slice();
    new DataView(changed.buffer).setUint32(at, size, true);
    return changed;
  };
  it.each([
    ['nothing', () => new Uint8Array()],
    ['cut off', (b: Uint8Array) => b.subarray(0, 40)],
    ['without its last bytes', (b: Uint8Array) => b.subarray(0, b.length - 8)],
    ['of another beginning', (b: Uint8Array) => sized(b, 0, 16)],
    ['of doubles that are more than it has', (b: Uint8Array) => sized(b, 4, 2 ** 30)],
  ])('is refused when it is %s', (_, damage) => {
    expect(() => unpack(damage(pack(COMPLETED)), 'a result')).toThrow(
      expect.objectContaining({ code: 'data-invalid' }),
    );
  });
});
