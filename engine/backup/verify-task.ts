import { openArtifactFolder } from '../artifacts/folder.ts';
import type { VerifyDto } from '../contract/dto/index.ts';
import { openToVerify } from '../store/database.ts';
import { type Answer, answer } from '../workers/answer.ts';
import { verifyWorkspace } from './verify-workspace.ts';

/** A workspace by its places: what a thread opens by itself. */
export interface VerifyJob {
  readonly workspace: string;
  readonly database: string;
  readonly artifactFolder: string;
  readonly candleFolder: string;
  readonly checkpointFolder: string;
  /** When it was begun, milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  /** A backup that lies elsewhere. */
  readonly file: string | undefined;
}

export function verify({
  database,
  artifactFolder,
  at,
  file,
  ...places
}: VerifyJob): Promise<Answer<VerifyDto>> {
  return answer(async () => {
    const store = openToVerify(database);
    try {
      const artifacts = openArtifactFolder(() => artifactFolder);
      return await verifyWorkspace({ ...places, store, artifacts, now: () => at }, file);
    } finally {
      store.close();
    }
  });
}
