import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { unzipSync } from 'fflate';

/** Versions that databases of the archive have, each written by the code that had so many migrations. */
export const ARCHIVED_VERSIONS = [1, 2, 3] as const;
export type ArchivedVersion = (typeof ARCHIVED_VERSIONS)[number];

/** What version 0.1.0 wrote (first-release/README.md), unpacked into a folder of its own. */
export interface FirstRelease {
  readonly root: string;
  readonly workspace: string;
  /** Newest checkpoint of the paused queue. */
  readonly checkpoint: string;
  /** Number of the queue that was paused half-way. */
  readonly pausedQueue: number;
  /** What its command line printed: `history`, `champions`, `queues`, `series`, `regimes`, `run-1`. */
  printed<T>(name: string): T;
  /** Path of the database as the code of that version wrote it. */
  database(version: ArchivedVersion): string;
  remove(): void;
}

const ARCHIVE = join(import.meta.dirname, 'first-release', 'first-release.zip.br');

export function unpackFirstRelease(): FirstRelease {
  const root = mkdtempSync(join(tmpdir(), 'first-release-'));
  for (const [name, bytes] of Object.entries(unzipSync(brotliDecompressSync(readFileSync(ARCHIVE))))) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  const workspace = join(root, 'workspace');
  const queues = readPrinted<{ id: number; state: string }[]>(root, 'queues');
  const paused = queues.find(({ state }) => state === 'paused')!.id;
  return {
    root,
    workspace,
    checkpoint: checkpointOf(workspace, paused),
    pausedQueue: paused,
    printed: (name) => readPrinted(root, name),
    database: (version) =>
      version === 3 ? join(workspace, 'regimen.db') : join(root, `version-${version}.db`),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function readPrinted<T>(root: string, name: string): T {
  return JSON.parse(readFileSync(join(root, 'printed', `${name}.json`), 'utf8')) as T;
}

function checkpointOf(workspace: string, queue: number): string {
  const folder = join(workspace, 'checkpoints', 'training_pipeline');
  const name = readdirSync(folder)
    .filter((file) => file.startsWith(`queue_${queue}_`))
    .sort()
    .at(-1)!;
  return join(folder, name);
}
