import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether packages of Debian (or of what descends from it) can be installed without asking. */
export const isDebianRoot = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Installs packages as root of a Debian; says what it runs. False where apt-get failed, which has then said why. */
export function installDebian(...packages: readonly string[]): boolean {
  return aptGet('update') && aptGet('install', '-y', '--no-install-recommends', ...packages);
}

function aptGet(...args: readonly string[]): boolean {
  process.stderr.write(`apt-get ${args.join(' ')}\n`);
  const { status } = spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}
