import { spawnSync } from 'node:child_process';
import { findChromium } from '../engine/testing/chromium.ts';
import { installDebian, isDebianRoot } from './debian.ts';

/** Makes sure that there is a Chromium for the specs; installs one where none is found. */
const missing = () => findChromium() === undefined && process.env.CHROMIUM_PATH === undefined;

if (missing()) process.stderr.write('No Chromium found: one is installed.\n');
if (missing() && isDebianRoot()) installDebian('chromium');
if (missing()) {
  spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: ['ignore', 'inherit', 'inherit'] });
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
