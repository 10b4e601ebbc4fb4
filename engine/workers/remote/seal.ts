import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { EngineError } from '../../contract/errors.ts';
import { decode, encode, encodeAround, type Packed } from '../wire.ts';

/**
 * Messages between a host and its workers: HMAC-SHA256 (RFC 2104) of what kind of message it is and of its bytes, then the bytes.
 * Whoever has not got the shared key can neither write one nor pass one kind off as another. Without a key, which is for one machine, it is a
 * checksum that tells damage and keeps nobody out: CRC-32 of the same and the number of bytes, in a third of the time.
 */
export interface Seal {
  /** Tells keys apart, and says nothing of them: one-way, 8 hexadecimal digits; `none` without a key. */
  readonly fingerprint: string;
  /** `packed`: the only array of the message, where that is one that `pack` made; it may be sealed where it lies, and is of no other use then. */
  seal(kind: MessageKind, message: object, packed?: Packed): Buffer;
  /**
   * Byte arrays lie in `sealed`, but for those of tasks.
   * @throws EngineError `data-invalid` for a message that is damaged, of another kind or sealed with another key
   */
  open(kind: MessageKind, sealed: Uint8Array): unknown;
}

export type MessageKind = 'task' | 'events' | 'candles' | 'control' | 'worker';

const MAC_BYTES = 32;

/** Of a message, bytes: no task or result is nearly so large, and nobody is to be filled up by one. */
const LARGEST_MESSAGE = 256 * 1024 * 1024;

export function createSeal(key: string | undefined): Seal {
  const macOf =
    key === undefined
      ? checksum
      : (kind: MessageKind, bytes: Uint8Array) =>
          createHmac('sha256', key).update(`${kind}\0`).update(bytes).digest();
  return {
    fingerprint:
      key === undefined
        ? 'none'
        : createHash('sha256').update(`regimen worker key\0${key}`).digest('hex').slice(0, 8),
    seal(kind, message, packed) {
      const around = packed && encodeAround(message, packed, MAC_BYTES);
      const sealed = around ?? encode(message, MAC_BYTES);
      const bytes = sealed.subarray(MAC_BYTES);
      if (bytes.length > LARGEST_MESSAGE) throw tooLarge(kind, bytes.length);
      sealed.set(macOf(kind, bytes));
      return Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
    },
    open(kind, sealed) {
      if (sealed.length > LARGEST_MESSAGE + MAC_BYTES) throw tooLarge(kind, sealed.length);
      const bytes = sealed.subarray(MAC_BYTES);
      const mac = sealed.subarray(0, MAC_BYTES);
      if (mac.length !== MAC_BYTES || !timingSafeEqual(mac, macOf(kind, bytes))) {
        throw new EngineError(
          'data-invalid',
          `A message (${kind}) is not signed with the shared key, or is damaged. Host and workers need the same REGIMEN_WORKER_KEY.`,
        );
      }
      // What jobs and their models are goes on to threads, which would be sent the whole message.
      return decode(bytes, `A message (${kind})`, { copies: kind === 'task' });
    },
  };
}

/** In as many bytes as a signature: CRC-32 and length as uint32, little endian, and zeros. */
function checksum(kind: MessageKind, bytes: Uint8Array): Buffer {
  const sum = Buffer.alloc(MAC_BYTES);
  sum.writeUInt32LE(crc32(bytes, crc32(`${kind}\0`)), 0);
  sum.writeUInt32LE(bytes.length, 4);
  return sum;
}

function tooLarge(kind: MessageKind, bytes: number): EngineError {
  const megabytes = Math.round(bytes / 1e6);
  return new EngineError(
    'data-invalid',
    `A message (${kind}) has ${megabytes} MB, more than the ${LARGEST_MESSAGE / 1024 / 1024} MB that host and workers take.`,
  );
}
