import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { electronRuntime } from '../main/electron/runtime.ts';

/** Opens the desktop application, or the same application in the browser where there can be no window. */
const project = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const runtime = electronRuntime();
if (!runtime.ok) process.stderr.write(`Opening in the browser: ${runtime.reason}.\n`);
const child = runtime.ok
  ? spawn(runtime.path, [project, ...args], { stdio: 'inherit' })
  : spawn(process.execPath, [join(project, 'main/server/index.ts'), '--open', ...args], { stdio: 'inherit' });

// The terminal signals both processes; this one leaves when the other has saved its work.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 0 : 1);
});
