import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT } from '../main/launch/builds.mjs';
import { stageCommandLine } from './builds/stage.ts';

/**
 * `node scripts/pack.ts [--to FOLDER]` makes a package for npm of command line and server, dist/regimen-VERSION.tgz: what was built, what starts it,
 * and no library but the two that have files of their own. `npm install -g` then needs nothing but Node.
 */
const { values } = parseArgs({ options: { to: { type: 'string', default: join(PROJECT, 'dist') } } });

function run(program: string, args: readonly string[], cwd: string): void {
  const { status, error } = spawnSync(program, args, { cwd, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const stage = join(values.to, 'npm');
run(process.execPath, [join(PROJECT, 'scripts/builds/build.ts'), 'hosts', 'renderer'], PROJECT);
stageCommandLine(stage);
run(
  process.platform === 'win32' ? 'npm.cmd' : 'npm',
  ['pack', '--silent', '--pack-destination', values.to],
  stage,
);
