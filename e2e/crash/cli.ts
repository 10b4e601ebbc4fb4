import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GridSpecInput } from '../../engine/contract/grid.ts';

const REGIMEN = fileURLToPath(new URL('../../main/launch/regimen.mjs', import.meta.url));

/** A `regimen` command as a process of its own. */
export interface Command {
  readonly process: ChildProcess;
  /** Resolves once standard error has said this; rejects if the process ends without. */
  said(text: string): Promise<void>;
  readonly ended: Promise<{ status: number | null; stdout: string; stderr: string }>;
}

export function regimen(workspace: string, ...argv: string[]): Command {
  return regimenWith({}, workspace, ...argv);
}

/** As `regimen`, in an environment with more in it. */
export function regimenWith(
  env: Readonly<Record<string, string>>,
  workspace: string,
  ...argv: string[]
): Command {
  const child = spawn(process.execPath, [REGIMEN, ...argv, '--workspace', workspace], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const waiting: { text: string; resolve: () => void; reject: (reason: Error) => void }[] = [];
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
    for (const { text, resolve } of waiting) if (stderr.includes(text)) resolve();
  });
  const ended = Promise.withResolvers<Awaited<Command['ended']>>();
  child.on('close', (status) => {
    ended.resolve({ status, stdout, stderr });
    for (const { text, reject } of waiting) reject(new Error(`It ended without saying "${text}": ${stderr}`));
  });
  return {
    process: child,
    ended: ended.promise,
    said(text) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      if (stderr.includes(text)) resolve();
      else waiting.push({ text, resolve, reject });
      return promise;
    },
  };
}

/** Writes a GRID.yaml into the workspace; JSON is YAML. */
export function writeGrid(workspace: string, grid: GridSpecInput): string {
  const file = join(workspace, 'grid.yaml');
  writeFileSync(file, JSON.stringify(grid));
  return file;
}
