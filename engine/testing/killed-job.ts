import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Works on a workspace's one job in a process of its own, which kills itself right after the `kill`-th result is permanent, where that is
 * given; returns what ended it.
 */
export function workInProcess(workspace: string, kill?: number): Promise<'SIGKILL' | 'ended'> {
  const script = fileURLToPath(new URL('killed-job-process.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script, workspace, String(kill ?? 0)], (error, _out, said) => {
      if (error === null) resolve('ended');
      else if (error.signal === 'SIGKILL') resolve('SIGKILL');
      else reject(new Error(said, { cause: error }));
    });
  });
}
