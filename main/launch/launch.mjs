import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { currentBuild, PROJECT } from './builds.mjs';

/**
 * Starts a host as one bundled file, with the machine code that V8 made of it in earlier runs: a command then takes a third of the
 * time that its several hundred sources take. What is missing, or older than its sources, is built first; where that
 * can't be done, as in a folder that can't be written to, the sources run as they are.
 * @param {string} host of `out/hosts-…`
 * @param {string} source where it begins in the sources
 * @param {readonly string[]} needs other builds that it serves
 */
export async function launch(host, source, needs = []) {
  for (const name of needs) ensure(name);
  const folder = ensure('hosts');
  if (folder === undefined) {
    await import(pathToFileURL(join(PROJECT, source)).href);
    return;
  }
  const cache = join(folder, 'compiled');
  try {
    mkdirSync(cache, { recursive: true, mode: 0o700 });
    enableCompileCache(cache);
    // Its threads read it from here.
    process.env.NODE_COMPILE_CACHE ??= cache;
  } catch {
    // It starts more slowly.
  }
  await import(pathToFileURL(join(folder, `${host}.js`)).href);
}

/** @param {string} name */
function ensure(name) {
  const current = currentBuild(name);
  if (current !== undefined || !isWritable()) return current;
  process.stderr.write(`Building Regimen's ${name}, once for these sources…\n`);
  spawnSync(process.execPath, [join(PROJECT, 'scripts/builds/build.ts'), name], {
    cwd: PROJECT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return currentBuild(name);
}

function isWritable() {
  try {
    const out = join(PROJECT, 'out');
    mkdirSync(out, { recursive: true });
    accessSync(out, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
