import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { peersPython } from '../../engine/testing/peers.ts';

/** What a command took from its start to its end, all its processes and threads included. */
export interface MeasuredProcess {
  readonly seconds: number;
  /** User and system. */
  readonly processorSeconds: number;
  /** Most that its processes held at one time; shared pages count once. */
  readonly peakMb: number;
  readonly stdout: string;
}

/** Runs a command; `folder` takes the figures. Throws what it said when it fails. */
export function measureProcess(
  folder: string,
  command: readonly string[],
  env: NodeJS.ProcessEnv,
): MeasuredProcess {
  const answer = join(folder, 'measured.json');
  const ran = spawnSync(peersPython(), [join(import.meta.dirname, 'measure.py'), answer, ...command], {
    encoding: 'utf8',
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (ran.status !== 0) throw new Error(`${command.join(' ')} failed: ${ran.stderr || ran.error}`);
  const figures = JSON.parse(readFileSync(answer, 'utf8')) as Omit<MeasuredProcess, 'stdout'>;
  return { ...figures, stdout: ran.stdout };
}
