import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import {
  findPeers,
  hasPeers,
  interpreterOf,
  PEERS_REQUIREMENTS,
  peersName,
  peersRoot,
  python,
} from './peers.ts';

const DEBIAN = {
  path: '/usr/bin/python3.11',
  version: '3.11.2',
  platform: 'cpython-311-linux-x86_64',
  canMakeEnvironments: true,
};

afterEach(() => vi.unstubAllEnvs());

test('an environment is for one version of the requirements and one Python', () => {
  const name = peersName('arch==8.0.0\n', DEBIAN);
  expect(name).toMatch(/^peers-[0-9a-f]{12}$/);
  expect(peersName('arch==8.0.0\n', { ...DEBIAN })).toBe(name);
  expect(peersName('arch==8.0.1\n', DEBIAN)).not.toBe(name);
  expect(peersName('arch==8.0.0\n', { ...DEBIAN, path: '/usr/local/bin/python3.11' })).not.toBe(name);
  expect(peersName('arch==8.0.0\n', { ...DEBIAN, platform: 'cpython-311-linux-aarch64' })).not.toBe(name);
  // A fix of the same Python takes its place, and an environment goes on working.
  const fixed = { ...DEBIAN, version: '3.11.3', canMakeEnvironments: false };
  expect(peersName('arch==8.0.0\n', fixed)).toBe(name);
});

test("environments are in the user's cache, or where REGIMEN_PEERS says", () => {
  expect(peersRoot({})).toBe(join(homedir(), '.cache/regimen'));
  expect(peersRoot({ XDG_CACHE_HOME: '/var/cache/me' })).toBe('/var/cache/me/regimen');
  // The XDG base directory specification: a relative path is to be ignored.
  expect(peersRoot({ XDG_CACHE_HOME: 'cache' })).toBe(join(homedir(), '.cache/regimen'));
  expect(peersRoot({ XDG_CACHE_HOME: '/var/cache/me', REGIMEN_PEERS: '/opt/peers' })).toBe('/opt/peers');
});

test('the interpreter is where the system puts it', () => {
  expect(interpreterOf('/e', 'linux')).toBe('/e/bin/python');
  expect(interpreterOf('/e', 'win32')).toBe('/e/Scripts/python.exe');
});

test('every requirement is pinned to one version, once', () => {
  const lines = readFileSync(PEERS_REQUIREMENTS, 'utf8').split('\n');
  const pins = lines.filter((line) => line !== '' && !line.startsWith('#'));
  for (const pin of pins) expect(pin).toMatch(/^[\w.-]+==[\w.]+(; sys_platform [!=]= "darwin")?$/);
  const names = pins.map((pin) => pin.split('==')[0]?.toLowerCase().replaceAll('_', '-'));
  expect(new Set(names).size).toBe(names.length);
});

test('without a Python there are no peers', () => {
  expect(findPeers({ REGIMEN_PYTHON: '/nowhere/python' })).toBeUndefined();
});

test('where peers are required, their absence is a failure, not a skipped test', async () => {
  vi.resetModules();
  vi.stubEnv('REGIMEN_PEERS', '/nowhere');
  vi.stubEnv('REGIMEN_REQUIRE_PEERS', '');
  const fresh = await import('./peers.ts');
  expect(fresh.hasPeers()).toBe(false);
  expect(() => fresh.python('print(1)')).toThrow('npm run peers installs them');
  vi.stubEnv('REGIMEN_REQUIRE_PEERS', '1');
  expect(() => fresh.hasPeers()).toThrow('npm run peers installs them');
});

test.skipIf(!hasPeers())('what is installed is what is pinned', () => {
  const there = python(`
from importlib.metadata import distributions
print("\\n".join(d.metadata["Name"].lower().replace("_", "-") + "==" + d.version for d in distributions()))
`);
  const installed = there.trim().split('\n');
  const pins = readFileSync(PEERS_REQUIREMENTS, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .filter((line) => !line.includes(`sys_platform ${process.platform === 'darwin' ? '!=' : '=='}`))
    .map((line) =>
      line
        .split(';')[0]
        ?.toLowerCase()
        .replace(/^[^=]+/, (name) => name.replaceAll('_', '-')),
    );
  expect(installed.filter((name) => !/^(pip|setuptools)==/.test(name)).sort()).toEqual(pins.sort());
});
