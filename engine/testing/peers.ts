import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { findPython, type Python } from './python.ts';

/**
 * The test peers: Python packages that tests and benchmarks compare with. `npm run peers` installs them into a virtual
 * environment outside the project; the product never uses them.
 */

/** The pinned packages, as pip reads them. */
export const PEERS_REQUIREMENTS = join(import.meta.dirname, '../../scripts/peers-requirements.txt');

const MISSING = 'The test peers are not there: npm run peers installs them.';

/** Looked for once per process. */
let found: { readonly interpreter: string | undefined } | undefined;

/** Holds the environments of all versions of the requirements: REGIMEN_PEERS, else a folder in the user's cache. */
export function peersRoot(env: NodeJS.ProcessEnv): string {
  if (env.REGIMEN_PEERS) return resolve(env.REGIMEN_PEERS);
  const cache = env.XDG_CACHE_HOME;
  return join(cache && isAbsolute(cache) ? cache : join(homedir(), '.cache'), 'regimen');
}

/** Name of the environment that holds these requirements for this Python; another name is another environment. */
export function peersName(requirements: string, { path, platform }: Python): string {
  const digest = createHash('sha256').update(JSON.stringify([requirements, path, platform]));
  return `peers-${digest.digest('hex').slice(0, 12)}`;
}

/** The interpreter inside a virtual environment. */
export function interpreterOf(environment: string, system: NodeJS.Platform = process.platform): string {
  return system === 'win32' ? join(environment, 'Scripts/python.exe') : join(environment, 'bin/python');
}

/** The interpreter that imports the peers; undefined where `npm run peers` has not finished for today's requirements. */
export function findPeers(env: NodeJS.ProcessEnv, requirements = PEERS_REQUIREMENTS): string | undefined {
  const python = findPython(env);
  if (python === undefined) return undefined;
  const name = peersName(readFileSync(requirements, 'utf8'), python);
  const interpreter = interpreterOf(join(peersRoot(env), name));
  return existsSync(interpreter) ? interpreter : undefined;
}

/**
 * Whether the peers are there, to skip what needs them.
 *
 * @throws Error where they are not and REGIMEN_REQUIRE_PEERS is set: then nothing may be skipped.
 */
export function hasPeers(): boolean {
  found ??= { interpreter: findPeers(process.env) };
  if (found.interpreter === undefined && process.env.REGIMEN_REQUIRE_PEERS) throw new Error(MISSING);
  return found.interpreter !== undefined;
}

/**
 * What a script prints that may import the peers.
 *
 * @throws Error without the peers, or with what the script said where it failed
 */
export function python(script: string): string {
  return execFileSync(peersPython(), ['-I', '-c', script], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/**
 * The interpreter that imports the peers.
 *
 * @throws Error where they are not there
 */
export function peersPython(): string {
  if (!hasPeers() || found?.interpreter === undefined) throw new Error(MISSING);
  return found.interpreter;
}
