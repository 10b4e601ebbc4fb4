import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { VerifyDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { EventListener } from '../contract/events.ts';
import { writeFileAtomic } from '../files/atomic-write.ts';
import { sha256 } from '../identity/digest.ts';
import type { Feed } from '../log/feed.ts';
import { openToVerify } from '../store/database.ts';
import { holdLog } from '../store/log-keeper.ts';
import { firstImport } from '../store/series.ts';
import { VERIFIED } from './manifest.ts';
import { type VerifyDeps, verifyWorkspace } from './verify-workspace.ts';

const WEEK_MS = 7 * 86_400_000;
const SAYS = { source: 'backup/verification:record' } as const;

/** What a workspace knows of its verifications. */
export interface Verification {
  /** Only looks. `given`: a backup that lies elsewhere. Throws as `verifyWorkspace`. */
  run(given?: string): Promise<VerifyDto>;
  /** Looks, and keeps the result as the workspace's last; log and feed are told. Asked twice at a time it looks once. */
  record(): Promise<VerifyDto>;
  /** What `record` found last; null before the first. @throws EngineError `artifact-damaged` where that is not what was written */
  last(): VerifyDto | null;
  /** Whether the last, or without one the first import of candles, is a week ago. */
  isDue(): boolean;
  close(): Promise<void>;
}

export interface VerificationDeps {
  readonly workspace: string;
  /** Read at each verification: settings may move them. */
  readonly folders: Omit<VerifyDeps, 'workspace' | 'pause'>;
  /** Whether the process has others to answer meanwhile, who may write. */
  readonly isHost: boolean;
  readonly feed: Pick<Feed, 'info' | 'warn'>;
  readonly emit: EventListener;
}

export function createVerification(deps: VerificationDeps): Verification {
  const { workspace, folders, isHost, feed, emit } = deps;
  const { store, now } = folders;
  const file = join(workspace, VERIFIED);
  let isClosed = false;
  const running = new Set<Promise<VerifyDto>>();
  let underWay: Promise<VerifyDto> | undefined;

  function run(given?: string): Promise<VerifyDto> {
    const looking = look(given).finally(() => running.delete(looking));
    running.add(looking);
    return looking;
  }

  async function look(given?: string): Promise<VerifyDto> {
    const pause = createPauses(() => isClosed);
    if (!isHost) return verifyWorkspace({ ...folders, workspace, pause }, given);
    // On a connection of its own: nothing can be written on one that is in the middle of reading. Putting the log away would wait.
    const release = holdLog(store.file);
    const opened = openToVerify(store.file);
    try {
      return await verifyWorkspace({ ...folders, workspace, store: opened, pause }, given);
    } finally {
      opened.close();
      release();
    }
  }

  async function recordNow(): Promise<VerifyDto> {
    if (!existsSync(store.file)) {
      const message = `There is no workspace in ${workspace} yet: nothing can be verified.`;
      throw new EngineError('not-found', message, { workspace });
    }
    const verified = await run();
    writeFileAtomic(file, recordText(verified));
    if (verified.problems.length === 0) feed.info(null, soundText(verified), SAYS);
    else feed.warn(null, damageText(verified), { ...SAYS, problems: verified.problems });
    emit({ type: 'workspace.changed', what: 'verified' });
    return verified;
  }

  const last = () => readRecord(file);
  return {
    run,
    record() {
      underWay ??= recordNow().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    last,
    isDue() {
      let known: VerifyDto | null;
      try {
        known = last();
      } catch {
        return true;
      }
      if (known !== null) {
        const age = now() - Date.parse(known.at);
        // A clock that was set back is no reason to wait for it.
        return age >= WEEK_MS || age < 0;
      }
      const first = firstImport(store);
      return first !== null && now() - first >= WEEK_MS;
    },
    async close() {
      isClosed = true;
      await Promise.allSettled(running);
    },
  };
}

/** What is done at a stretch before others have their turn, in milliseconds. */
const STRETCH_MS = 10;

function createPauses(isClosed: () => boolean): () => Promise<void> {
  let begun = performance.now();
  return async () => {
    if (performance.now() - begun >= STRETCH_MS) {
      await nextTurn();
      begun = performance.now();
    }
    if (isClosed())
      throw new EngineError('conflict', 'The workspace was closed before all of it was verified.');
  };
}

const verifiedSchema = z.object({
  at: z.iso.datetime(),
  counts: z.object({
    database: z.int(),
    candles: z.int(),
    models: z.int(),
    checkpoints: z.int(),
    backups: z.int(),
  }),
  problems: z.array(
    z.object({
      kind: z.enum(['database', 'candles', 'models', 'checkpoints', 'backups']),
      path: z.string(),
      message: z.string(),
      from: z.string().nullable(),
    }),
  ),
});
const recordSchema = z.object({ digest: z.string(), verified: z.unknown() });

function recordText(verified: VerifyDto): string {
  return `${JSON.stringify({ digest: sha256(JSON.stringify(verified)), verified })}\n`;
}

function readRecord(file: string): VerifyDto | null {
  if (!existsSync(file)) return null;
  try {
    const { digest, verified } = recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (sha256(JSON.stringify(verified)) === digest) return verifiedSchema.parse(verified);
  } catch {
    // Said below.
  }
  throw new EngineError(
    'artifact-damaged',
    `${file} is not what was written: it is not known what the last verification found. Verify again; that writes it anew.`,
    { file },
  );
}

function soundText({ counts }: VerifyDto): string {
  const { candles, models, checkpoints, backups } = counts;
  return `Verified, and all is as it was written: the database, ${candles} candle, ${models} model, ${checkpoints} checkpoint and ${backups} backup files.`;
}

function damageText({ problems }: VerifyDto): string {
  const [{ path, message, from }] = problems as [VerifyDto['problems'][number]];
  const source = from === null ? '' : ` It can be had from: ${from}`;
  return `Verified, and not all is as it was written (${problems.length}): ${path}: ${message}${source} Data & Settings lists all of it, and so does "verify".`;
}
