import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { electronRuntime } from '../main/electron/runtime.ts';

/** Opens the desktop application, or the same application in the browser where there can be no window. */
const project = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const runtime = electronRuntime();
if (!runtime.ok) process.stderr.write(`Opening in the browser: ${runtime.reason}.\n`);
if (runtime.ok) buildDesktop();
const child = runtime.ok
  ? spawn(runtime.path, [project, ...args], { stdio: 'inherit' })
  : spawn(process.execPath, [join(project, 'main/launch/server.mjs'), '--open', ...args], {
      stdio: 'inherit',
    });

// The terminal signals both processes; this one leaves when the other has saved its work.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 0 : 1);
});

function buildDesktop(): void {
  const build = join(project, 'scripts/builds/build.ts');
  const { status } = spawnSync(process.execPath, [build, 'desktop'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
