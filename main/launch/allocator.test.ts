import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { ALLOCATOR, WORKER_FLAGS } from './allocator.mjs';

const MODULE = new URL('./allocator.mjs', import.meta.url).href;

/** What a process that sets its allocator began with, what it goes on with, and what it was called with. */
const SCRIPT = `
  import { readFileSync } from 'node:fs';
  const { setAllocator } = await import(${JSON.stringify(MODULE)});
  setAllocator(${JSON.stringify(WORKER_FLAGS)});
  const begun = readFileSync('/proc/self/environ', 'utf8').split('\\0').filter((line) => line.startsWith('MALLOC_'));
  const kept = Object.keys(process.env).filter((name) => name.startsWith('MALLOC_'));
  console.log(JSON.stringify({ pid: process.pid, begun, kept, args: process.argv.slice(1), flags: process.execArgv.filter((flag) => /^--no-/.test(flag)) }));
`;

interface Told {
  readonly pid: number;
  readonly begun: readonly string[];
  readonly kept: readonly string[];
  readonly args: readonly string[];
  readonly flags: readonly string[];
}

function run(env: Readonly<Record<string, string>> = {}): Told & { readonly childPid: number } {
  const ran = spawnSync(
    process.execPath,
    ['--no-deprecation', '--input-type=module', '-e', SCRIPT, 'a word', '--json'],
    { encoding: 'utf8', env: { ...process.env, ...env } },
  );
  expect(ran.stderr).toBe('');
  return { ...(JSON.parse(ran.stdout) as Told), childPid: ran.pid };
}

const SET = Object.entries(ALLOCATOR).map(([name, value]) => `${name}=${value}`);

test.runIf(process.platform === 'linux')('a process goes on as itself, with its allocator set', () => {
  const told = run();
  expect(told.begun.toSorted()).toEqual(SET.toSorted());
  expect(told.pid).toBe(told.childPid);
  expect(told.args).toEqual(['a word', '--json']);
  expect(told.flags).toEqual(['--no-deprecation', ...WORKER_FLAGS]);
  // What it starts is left to itself.
  expect(told.kept).toEqual([]);
});

test.runIf(process.platform === 'linux')('what the user has set of it stays', () => {
  const told = run({ MALLOC_ARENA_MAX: '1' });
  expect(told.begun).toEqual(['MALLOC_ARENA_MAX=1']);
  expect(told.kept).toEqual(['MALLOC_ARENA_MAX']);
});
