import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { electronRuntime } from '../main/electron/runtime.ts';

/** Packages the application for this platform into dist/; other arguments go to electron-builder. */
const project = join(import.meta.dirname, '..');
// A display is for running a window, not for packing it.
const runtime = electronRuntime(undefined, true);
if (runtime.ok) {
  const steps: readonly (readonly [string, ...string[]])[] = [
    [process.execPath, join(project, 'scripts/builds/build.ts'), 'desktop', 'hosts'],
    [process.execPath, join(project, 'node_modules/electron-builder/cli.js'), ...process.argv.slice(2)],
  ];
  for (const [program, ...args] of steps) {
    const { status } = spawnSync(program, args, {
      cwd: project,
      stdio: 'inherit',
      env: { ...debWithoutFpm(), ...process.env },
    });
    if (status !== 0) process.exit(status ?? 1);
  }
} else {
  process.stderr.write(`error: nothing can be packaged: ${runtime.reason}.\n`);
  process.exitCode = 1;
}

/** Where Debian's own tool is, the deb needs no download. */
function debWithoutFpm(): NodeJS.ProcessEnv {
  const there = spawnSync('dpkg-deb', ['--version'], { stdio: 'ignore' }).status === 0;
  return there ? { CUSTOM_FPM_PATH: join(project, 'scripts/builds/deb.mjs') } : {};
}
