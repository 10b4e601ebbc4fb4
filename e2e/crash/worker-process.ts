import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { WorkerLine } from '../../engine/workers/remote/worker.ts';

const WORKER = fileURLToPath(new URL('./worker-host.ts', import.meta.url));

/** What worker-host.ts is told. */
export interface WorkerOrder {
  readonly redis: string;
  readonly name: string;
  readonly cache: string;
  readonly lockSeconds: number;
  /** In place of the machine's own. */
  readonly bits?: string;
}

/** A worker that is a process of its own. */
export interface WorkerProcess {
  readonly process: ChildProcess;
  readonly lines: readonly WorkerLine[];
  kill(): Promise<void>;
}

/** Resolves once the worker has shown itself. */
export async function startWorker(order: WorkerOrder): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [WORKER, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: WorkerLine[] = [];
  const { promise: shown, resolve } = Promise.withResolvers<void>();
  createInterface(child.stdout).on('line', (line) => {
    lines.push(JSON.parse(line) as WorkerLine);
    if (lines.some(({ text }) => text.startsWith(`${order.name} trains`))) resolve();
  });
  await Promise.race([shown, once(child, 'exit')]);
  return {
    process: child,
    lines,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
