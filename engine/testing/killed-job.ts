import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CommitStep } from '../queue/commit.ts';

/** The `count`-th time that a step of a commit is done. */
export interface KilledAt {
  readonly step: CommitStep;
  readonly count: number;
}

/**
 * Works on a workspace's one job that is not completed in a process of its own, which kills itself at `kill`, where that is given; returns what ended it.
 * Results that come together share a transaction: the second that is `committed` may have taken others with it, while one that is only
 * inserted is never permanent.
 */
export function workInProcess(workspace: string, kill?: KilledAt): Promise<'SIGKILL' | 'ended'> {
  const script = fileURLToPath(new URL('killed-job-process.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [script, workspace, kill?.step ?? '', String(kill?.count ?? 0)],
      (error, _out, said) => {
        if (error === null) resolve('ended');
        else if (error.signal === 'SIGKILL') resolve('SIGKILL');
        else reject(new Error(said, { cause: error }));
      },
    );
  });
}
