import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import {
  findPeers,
  interpreterOf,
  PEERS_REQUIREMENTS,
  peersName,
  peersRoot,
} from '../engine/testing/peers.ts';
import {
  findPython,
  OLDEST_MINOR,
  type Python,
  probePython,
  pythonCommands,
} from '../engine/testing/python.ts';

/** Every peer by the name that Python imports it by. */
export const PEER_MODULES = [
  'arch',
  'check_jsonschema',
  'lightgbm',
  'mlflow',
  'numba',
  'onnx',
  'onnxruntime',
  'optuna',
  'pandas',
  'schemathesis',
  'sklearn',
  'xgboost',
];

export interface PeersOptions {
  readonly env: NodeJS.ProcessEnv;
  /** What is going on, a line at a time. */
  readonly say: (line: string) => void;
  /** File of pinned packages. */
  readonly requirements?: string;
  /** Installs packages of the system; false where that failed. Undefined where it is not allowed. */
  readonly install: Install | undefined;
}

type Install = (...packages: readonly string[]) => boolean;

/**
 * Makes the virtual environment of the test peers, unless it is there already. It is built in a folder of its own, and
 * known by its name (a link to that folder) only when every peer could be imported: what was killed half-way is never
 * taken for whole, and is removed by the next call.
 *
 * @returns its interpreter
 * @throws Error with what is missing, or with what pip said
 */
export function makePeers({ env, say, requirements = PEERS_REQUIREMENTS, install }: PeersOptions): string {
  const there = findPeers(env, requirements);
  if (there !== undefined) return there;

  const python = pythonWithPip(env, install);
  const root = peersRoot(env);
  const name = peersName(readFileSync(requirements, 'utf8'), python);
  mkdirSync(root, { recursive: true });
  sweep(root);
  say(
    `Test peers: installing with Python ${python.version} into ${join(root, name)}; about a minute and 1 GB.`,
  );
  // A virtual environment can't be moved: its programs name its folder. So the link to it is what gets the name.
  const folder = mkdtempSync(join(root, `${name}.${process.pid}-`));
  try {
    build(python.path, folder, requirements, install);
    const link = `${folder}.link`;
    symlinkSync(folder, link, 'junction');
    renameSync(link, join(root, name));
  } catch (error) {
    remove(folder);
    throw error;
  }
  return interpreterOf(join(root, name));
}

/**
 * A Python that can put pip into a virtual environment; has Debian's installed where that is allowed and no other is named.
 *
 * @throws Error with what there is instead
 */
export function pythonWithPip(
  env: NodeJS.ProcessEnv,
  install: Install | undefined,
  probe = probePython,
): Python {
  let python = findPython(env, probe);
  if (python === undefined && !env.REGIMEN_PYTHON && install?.('python3', 'python3-venv')) {
    python = findPython(env, probe);
  }
  if (python === undefined) throw new Error(noPython(env, probe));
  if (python.canMakeEnvironments) return python;

  const { path } = python;
  const [major, minor] = python.version.split('.');
  const debian = `python${major}.${minor}-venv`;
  if (path.startsWith('/usr/bin/') && install?.(debian)) python = findPython(env, probe);
  if (python?.canMakeEnvironments) return python;
  throw new Error(
    `The test peers need pip in a virtual environment, but ${path} has no ensurepip: install it ` +
      `(on Debian: apt-get install ${debian}), or name another Python with REGIMEN_PYTHON.`,
  );
}

function noPython(env: NodeJS.ProcessEnv, probe: typeof probePython): string {
  const others = pythonCommands(env).flatMap((command) => probe(command) ?? []);
  const found = [...new Set(others.map(({ version, path }) => `${version} at ${path}`))];
  return (
    `The test peers need Python 3.${OLDEST_MINOR} or newer, found ${found.join(', ') || 'none'}: ` +
    'install one, or name one with REGIMEN_PYTHON.'
  );
}

/** Fills a folder with a virtual environment of the requirements, and tries whether they work. */
function build(python: string, folder: string, requirements: string, install: Install | undefined): void {
  run('A virtual environment can not be made', python, ['-m', 'venv', folder]);
  const interpreter = interpreterOf(folder);
  run('pip can not install the test peers', interpreter, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--no-input',
    // A package that has to be compiled needs compilers, and minutes.
    '--only-binary=:all:',
    // Python compiles what is imported; the rest never is.
    '--no-compile',
    '--requirement',
    requirements,
  ]);
  const importAll = () =>
    run('The test peers can not be imported', interpreter, ['-c', `import ${PEER_MODULES.join(', ')}`]);
  try {
    importAll();
  } catch (error) {
    // LightGBM's wheel takes the runtime of OpenMP from the system.
    if (!(String(error).includes('libgomp') && install?.('libgomp1'))) throw error;
    importAll();
  }
}

/** Runs Python, isolated from variables and folders of the user's; throws with the last lines of what it said. */
function run(what: string, python: string, args: readonly string[]): void {
  const { status, signal, error, stderr } = spawnSync(python, ['-I', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return;
  const said = stderr?.trimEnd().split('\n').slice(-3).join('\n');
  throw new Error(`${what}: ${said || error?.message || `it ended with ${signal ?? status}`}`);
}

/** Removes what builds left that died; those of living processes and those that have a name are kept. */
function sweep(root: string): void {
  const builds: string[] = [];
  const named = new Set<string>();
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (BUILD.test(entry.name)) builds.push(entry.name);
    else if (entry.isSymbolicLink()) named.add(basename(readlinkSync(join(root, entry.name))));
  }
  for (const name of builds) {
    if (!named.has(name) && !isAlive(Number(BUILD.exec(name)?.[1]))) remove(join(root, name));
  }
}

/** A folder in which an environment is built, with the process that does it. */
const BUILD = /^peers-[0-9a-f]+\.(\d+)-/;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Only tidies up: what can't be removed is left for the next time. */
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {}
}
