import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EngineError } from '../../engine/contract/errors.ts';

export const MAX_UPLOAD_BYTES = 4 * 1024 ** 3;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Files that a browser hands over, which can't name a path: each in a folder of its own, kept until it was imported. */
export interface Uploads {
  /** Stores a stream; resolves to the file's path. Throws `invalid-input` for more than `MAX_UPLOAD_BYTES`. */
  receive(name: string, content: NodeJS.ReadableStream): Promise<string>;
  /** Removes an upload that has served its purpose; leaves any other file alone. */
  discard(file: string): Promise<void>;
  /** Removes what this process received. */
  close(): Promise<void>;
}

/** The name a user's file had, without anything that could lead out of a folder or upset a file system. */
export function safeFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const safe = last.replace(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^[. ]+/, '');
  // The end keeps the extension, by which formats are told apart.
  return safe.slice(-100).replace(/[. ]+$/, '') || 'upload';
}

export async function openUploads(workspace: string, maxBytes = MAX_UPLOAD_BYTES): Promise<Uploads> {
  const folder = join(workspace, 'uploads');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await sweep(folder);
  const session = await mkdtemp(join(folder, 'session-'));

  return {
    async receive(name, content) {
      const place = await mkdtemp(join(session, 'file-'));
      const file = join(place, safeFileName(name));
      try {
        await pipeline(content, limit(maxBytes), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
      } catch (error) {
        await rm(place, { recursive: true, force: true });
        if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
          throw new EngineError('disk-full', `There is no room in ${folder} for ${name}.`, {}, error);
        }
        throw error;
      }
      return file;
    },
    async discard(file) {
      const [place, ...rest] = relative(session, file).split(sep);
      if (place?.startsWith('file-') && rest.length === 1) {
        await rm(join(session, place), { recursive: true, force: true });
      }
    },
    async close() {
      await rm(session, { recursive: true, force: true });
    },
  };
}

function limit(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= maxBytes) done(null, chunk);
      else
        done(
          new EngineError(
            'invalid-input',
            `The file has more than the ${maxBytes} bytes that can be uploaded.`,
          ),
        );
    },
  });
}

/** What a server that was killed left behind. A day's grace spares the uploads of another server that runs now. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const left = join(folder, name);
    const { mtimeMs } = await stat(left);
    if (Date.now() - mtimeMs > DAY_MS) await rm(left, { recursive: true, force: true });
  }
}
