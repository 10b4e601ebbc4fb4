import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from './chromium.ts';

/** Makes sure that there is a Chromium for the specs; installs one where none is found. */
function run(program: string, ...args: string[]): boolean {
  process.stderr.write(`No Chromium found: ${[program, ...args].join(' ')}\n`);
  return spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

const isDebianRoot = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

if (findChromium() === undefined && process.env.CHROMIUM_PATH === undefined && isDebianRoot()) {
  if (run('apt-get', 'update')) run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium');
}
if (findChromium() === undefined && process.env.CHROMIUM_PATH === undefined) {
  run('npx', 'playwright', 'install', 'chromium');
}
const path = findChromium();
if (path === undefined) {
  const named = process.env.CHROMIUM_PATH;
  process.stderr.write(
    named === undefined
      ? 'error: no Chromium could be installed. Install one, or name one with CHROMIUM_PATH.\n'
      : `error: CHROMIUM_PATH names ${named}, which can't be run.\n`,
  );
  process.exitCode = 1;
} else {
  process.stderr.write(`Chromium for the specs: ${path}\n`);
}
