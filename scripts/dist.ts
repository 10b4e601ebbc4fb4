import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { electronRuntime } from '../main/electron/runtime.ts';

/** Packages the application for this platform into dist/; other arguments go to electron-builder. */
const project = join(import.meta.dirname, '..');
// A display is for running a window, not for packing it.
const runtime = electronRuntime(undefined, true);
if (runtime.ok) {
  const steps: readonly (readonly [string, ...string[]])[] = [
    [process.execPath, join(project, 'scripts/builds/build.ts'), 'desktop'],
    [join(project, 'node_modules/.bin/electron-builder'), ...process.argv.slice(2)],
  ];
  for (const [program, ...args] of steps) {
    const { status } = spawnSync(program, args, {
      cwd: project,
      stdio: 'inherit',
    });
    if (status !== 0) process.exit(status ?? 1);
  }
} else {
  process.stderr.write(`error: nothing can be packaged: ${runtime.reason}.\n`);
  process.exitCode = 1;
}
