import { spawnSync } from 'node:child_process';

/** A Python interpreter of the machine. */
export interface Python {
  /** Of the interpreter itself: no link, no shim, no virtual environment. */
  readonly path: string;
  /** Such as `3.11.2`. */
  readonly version: string;
  /** What its binary packages are built for, such as `cpython-311-linux-x86_64`. */
  readonly platform: string;
  /** Whether it can put pip into a virtual environment. Debian keeps that in a package of its own. */
  readonly canMakeEnvironments: boolean;
}

/** The oldest minor version of Python 3 that all pinned peers have wheels for. */
export const OLDEST_MINOR = 11;

const PROBE = `
import importlib.util, json, os, platform, sys, sysconfig
print(json.dumps({
    "path": os.path.realpath(sys.executable),
    "version": platform.python_version(),
    "platform": sys.implementation.cache_tag + "-" + sysconfig.get_platform(),
    "canMakeEnvironments": all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")),
}))`;

/**
 * Commands that may be a Python, best first: the one that REGIMEN_PYTHON names, else the system's, which means the same in
 * every folder, else those in PATH.
 */
export function pythonCommands(env: NodeJS.ProcessEnv, system: NodeJS.Platform = process.platform): string[] {
  if (env.REGIMEN_PYTHON) return [env.REGIMEN_PYTHON];
  const inPath = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python'];
  return system === 'linux' ? ['/usr/bin/python3', ...inPath] : inPath;
}

/** What a command says of itself; undefined where it is no Python 3. */
export function probePython(command: string): Python | undefined {
  // Isolated: neither PYTHONPATH nor the working folder may change what it says.
  const { status, stdout } = spawnSync(command, ['-I', '-c', PROBE], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (status !== 0) return undefined;
  try {
    return JSON.parse(stdout) as Python;
  } catch {
    return undefined;
  }
}

/** Whether the pinned peers have wheels for it. */
export function isNewEnough({ version }: Pick<Python, 'version'>): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 3 && minor >= OLDEST_MINOR;
}

/** The first command that is a Python of the right version. */
export function findPython(env: NodeJS.ProcessEnv, probe = probePython): Python | undefined {
  for (const command of pythonCommands(env)) {
    const python = probe(command);
    if (python !== undefined && isNewEnough(python)) return python;
  }
  return undefined;
}
