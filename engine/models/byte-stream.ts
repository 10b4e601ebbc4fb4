import { EngineError } from '../contract/errors.ts';

/** Little-endian bytes, growing as needed. */
export class ByteWriter {
  private bytes = new Uint8Array(1024);
  private length = 0;

  byte(value: number): void {
    this.room(1);
    this.bytes[this.length++] = value;
  }

  /** Unsigned integer in groups of 7 bits, lowest first (LEB128). */
  varint(value: number): void {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.byte((rest % 128) | 128);
    this.byte(rest);
  }

  float64(value: number): void {
    this.room(8);
    new DataView(this.bytes.buffer).setFloat64(this.length, value, true);
    this.length += 8;
  }

  /** All lowest bytes, then all second ones, …: equal exponents stand together, which compresses better. */
  float32Planes(values: Float32Array): void {
    const count = values.length;
    const words = new Uint32Array(values.buffer, values.byteOffset, count);
    this.room(4 * count);
    const { bytes, length } = this;
    for (let i = 0, at = length; i < count; i++, at++) {
      const word = words[i]!;
      bytes[at] = word;
      bytes[at + count] = word >>> 8;
      bytes[at + 2 * count] = word >>> 16;
      bytes[at + 3 * count] = word >>> 24;
    }
    this.length = length + 4 * count;
  }

  /** With their length before them. */
  block(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.bytesOf(bytes);
  }

  /** As they are. */
  bytesOf(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private room(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = new Uint8Array(2 * (this.length + count));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

/** Reads what a `ByteWriter` wrote; throws `artifact-damaged` instead of reading past the end. */
export class ByteReader {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  byte(): number {
    return this.bytes[this.take(1)]!;
  }

  varint(): number {
    let value = 0;
    let unit = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * unit;
      if (byte < 128) return value;
      unit *= 128;
    }
  }

  float64(): number {
    const at = this.take(8);
    return new DataView(this.bytes.buffer, this.bytes.byteOffset).getFloat64(at, true);
  }

  float32Planes(count: number): Float32Array {
    const at = this.take(4 * count);
    const words = new Uint32Array(count);
    for (let plane = 0; plane < 4; plane++) {
      for (let i = 0; i < count; i++) words[i]! |= this.bytes[at + plane * count + i]! << (8 * plane);
    }
    return new Float32Array(words.buffer);
  }

  /** A copy of what `block` wrote. */
  block(): Uint8Array {
    const count = this.count();
    const at = this.take(count);
    return this.bytes.slice(at, at + count);
  }

  /** How many elements follow; each takes at least one byte, so a larger number can only be damage. */
  count(): number {
    const count = this.varint();
    if (count > this.bytes.length - this.at) throw this.damaged();
    return count;
  }

  /** Fails unless everything was read. */
  end(): void {
    if (this.at !== this.bytes.length) throw this.damaged();
  }

  damaged(): EngineError {
    return new EngineError(
      'artifact-damaged',
      `A stored model of ${this.bytes.length} bytes can't be read: its content does not fit together around byte ${this.at}. ` +
        'Train the model again.',
    );
  }

  private take(count: number): number {
    if (this.at + count > this.bytes.length) throw this.damaged();
    const at = this.at;
    this.at += count;
    return at;
  }
}
