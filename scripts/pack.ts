import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { currentBuild, PROJECT } from '../main/launch/builds.mjs';
import { collectNotices, noticesText } from './builds/notices.ts';

/**
 * `node scripts/pack.ts [--to FOLDER]` makes a package for npm of command line and server, dist/regimen-VERSION.tgz: what was built, what starts it,
 * and no library but the two that have files of their own. `npm install -g` then needs nothing but Node.
 */
const { values } = parseArgs({ options: { to: { type: 'string', default: join(PROJECT, 'dist') } } });
const STAGE = join(values.to, 'npm');
const LIBRARIES = ['better-sqlite3', 'piscina'] as const;

interface Manifest extends Record<string, unknown> {
  readonly dependencies: Readonly<Record<string, string>>;
}

function run(program: string, args: readonly string[], cwd: string): void {
  const { status, error } = spawnSync(program, args, { cwd, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

function builtFolder(name: string): string {
  const folder = currentBuild(name);
  if (folder === undefined)
    throw new Error(`Expected a build of ${name}, found none that is of these sources.`);
  return folder;
}

/** A build is current where it goes: none of its sources goes with it. */
function stageBuild(name: string): void {
  const from = builtFolder(name);
  const folder = basename(from);
  cpSync(from, join(STAGE, 'out', folder), {
    recursive: true,
    filter: (path) => path !== join(from, 'compiled'),
  });
  mkdirSync(join(STAGE, 'out/builds'), { recursive: true });
  writeFileSync(join(STAGE, 'out/builds', `${name}.json`), JSON.stringify({ folder, inputs: [] }));
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

run(process.execPath, [join(PROJECT, 'scripts/builds/build.ts'), 'hosts', 'renderer'], PROJECT);
rmSync(STAGE, { recursive: true, force: true });
for (const name of ['hosts', 'renderer']) stageBuild(name);
cpSync(join(PROJECT, 'main/launch'), join(STAGE, 'main/launch'), {
  recursive: true,
  filter: (path) => !path.endsWith('.test.ts'),
});
for (const file of ['LICENSE', 'README.md', 'package/regimen.service']) {
  cpSync(join(PROJECT, file), join(STAGE, basename(file)));
}
writeFileSync(join(STAGE, 'NOTICES.txt'), noticesText(collectNotices()));
writeFileSync(join(STAGE, 'package.json'), JSON.stringify(manifest(), null, 2));
run(
  process.platform === 'win32' ? 'npm.cmd' : 'npm',
  ['pack', '--silent', '--pack-destination', values.to],
  STAGE,
);
