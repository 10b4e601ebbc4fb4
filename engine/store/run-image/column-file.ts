import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Column = Float64Array | Uint32Array | Uint8Array;

/** A file in the system's temporary folder that has lost its name: it ends with the process, however that ends. */
export interface ColumnFile {
  /** Fills an array with what lies at a place, bytes. Throws what the file system says. */
  read(into: Column, at: number): void;
  /** Throws what the file system says, such as that the disk is full. */
  write(values: Column, at: number): void;
  close(): void;
}

/** Throws what the file system says. */
export function openColumnFile(): ColumnFile {
  const path = join(tmpdir(), `regimen-${randomBytes(8).toString('hex')}.columns`);
  const OWN = 0o600;
  const file = openSync(path, 'wx+', OWN);
  try {
    unlinkSync(path);
  } catch (error) {
    closeSync(file);
    throw error;
  }
  return {
    read(into, at) {
      const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
      for (let done = 0; done < bytes.length; ) {
        const read = readSync(file, bytes, done, bytes.length - done, at + done);
        if (read === 0) throw new RangeError(`nothing was written at byte ${at + done}`);
        done += read;
      }
    },
    write(values, at) {
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(file, bytes, done, bytes.length - done, at + done);
      }
    },
    close: () => closeSync(file),
  };
}
