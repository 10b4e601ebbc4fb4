import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { currentBuild, PROJECT } from '../../main/launch/builds.mjs';
import { collectNotices, noticesText } from './notices.ts';

/** What command line and server need beside their bundles: these have files of their own. */
export const LIBRARIES = ['better-sqlite3', 'piscina'] as const;

interface Manifest extends Record<string, unknown> {
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * Lays command line and server into an empty folder as npm installs them: what was built, what starts it, and who made the parts. The builds
 * `hosts` and `renderer` must be current.
 */
export function stageCommandLine(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['hosts', 'renderer']) stageBuild(name, folder);
  cpSync(join(PROJECT, 'main/launch'), join(folder, 'main/launch'), {
    recursive: true,
    filter: (path) => !path.endsWith('.test.ts'),
  });
  for (const file of ['LICENSE', 'README.md', 'package/regimen.service']) {
    cpSync(join(PROJECT, file), join(folder, basename(file)));
  }
  writeFileSync(join(folder, 'NOTICES.txt'), noticesText(collectNotices()));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest(), null, 2));
}

/** A build is current where it goes: none of its sources goes with it. */
function stageBuild(name: string, stage: string): void {
  const from = currentBuild(name);
  if (from === undefined)
    throw new Error(`Expected a build of ${name}, found none that is of these sources.`);
  const folder = basename(from);
  cpSync(from, join(stage, 'out', folder), {
    recursive: true,
    filter: (path) => path !== join(from, 'compiled'),
  });
  mkdirSync(join(stage, 'out/builds'), { recursive: true });
  writeFileSync(join(stage, 'out/builds', `${name}.json`), JSON.stringify({ folder, inputs: [] }));
}

function manifest(): object {
  const { name, version, description, author, license, type, bin, dependencies } = JSON.parse(
    readFileSync(join(PROJECT, 'package.json'), 'utf8'),
  ) as Manifest;
  return {
    ...{ name, version, description, author, license, type, bin },
    // The project brings its own Node, the package does not.
    engines: { node: '>=24' },
    dependencies: Object.fromEntries(LIBRARIES.map((library) => [library, dependencies[library]])),
  };
}
