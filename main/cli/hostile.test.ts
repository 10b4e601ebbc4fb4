import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ErrorCode } from '../../engine/contract/errors.ts';
import { withstand } from '../../engine/testing/hostile.ts';
import { filesOf, type Ran, regimen } from './testing/command-line.ts';
import { createSandbox, EURUSD_H1, type Sandbox } from './testing/sandbox.ts';

/** Arguments that no command is meant for: each is refused on one line of words, soon, and the workspace stays as it is. */

let sandbox: Sandbox;
const home = process.cwd();
beforeAll(async () => {
  sandbox = await createSandbox();
  spawnSync('mkfifo', [join(sandbox.root, 'pipe')]);
  // Some of these are names of files to write.
  process.chdir(sandbox.root);
});
afterAll(() => {
  process.chdir(home);
  sandbox.remove();
});
beforeEach(() => sandbox.reset());

const VALUES: readonly string[] = [
  '',
  ' ',
  '-1',
  '0.5',
  '1e999',
  'NaN',
  'Infinity',
  '0x10',
  '9007199254740993',
  '__proto__',
  'constructor',
  'toString',
  'x\u0000y',
  '\ud800',
  '\u001b]0;x\u0007\u001b[31m',
  '\u202egnp.exe',
  'x'.repeat(100_000),
  `${'../'.repeat(5000)}etc/passwd`,
  '../../x',
  '/etc/passwd',
  '/dev/null',
  '/dev/zero',
  '/dev/stdin',
  '/proc/self/mem',
  '/proc/self/environ',
  '.',
  '..',
  'CON',
  'C:\\x',
  "'; DROP TABLE runs; --",
  '$(touch x)',
  '%s%n%x',
  'https://example.invalid/x.csv',
  'PIPE',
  'WORKSPACE',
  'DATABASE',
];

type Argv = (value: string) => readonly string[];
const COMMANDS: readonly Argv[] = [
  (value) => ['train', value],
  (value) => ['market', 'inspect', value],
  (value) => ['market', 'import', value, ...EURUSD_H1],
  (value) => ['market', 'import', join(sandbox.root, 'good.csv'), '--symbol', value, '--timeframe', 'H1'],
  (value) => ['market', 'import', join(sandbox.root, 'good.csv'), ...EURUSD_H1, '--timezone', value],
  (value) => ['market', 'import', join(sandbox.root, 'good.csv'), ...EURUSD_H1, '--price-scale', value],
  (value) => ['queue', 'resume', '--checkpoint', value],
  (value) => ['restore', value],
  (value) => ['history', '--limit', value],
  (value) => ['history', '--model', value],
  (value) => ['history', '--csv', value],
  (value) => ['cleanup', '--days', value],
  (value) => ['backup', value],
  (value) => ['model', 'import', value, '--run', '1'],
  (value) => ['model', 'features', value, '--out', join(sandbox.root, 'f.csv')],
  (value) => ['run', value],
  (value) => ['trades', '1', '--strategy', value],
  (value) => [value],
  (value) => ['champions', `--${value}`],
  (value) => ['market', value],
  (value) => ['history', '--log-level', value],
];

it('of every kind at every place', async () => {
  const places = new Map([
    ['PIPE', join(sandbox.root, 'pipe')],
    ['WORKSPACE', sandbox.workspace],
    ['DATABASE', join(sandbox.workspace, 'regimen.db')],
  ]);
  const inputs = VALUES.flatMap((value, i) =>
    [0, 7, 13].map((shift) => {
      const argv = COMMANDS[(i + shift) % COMMANDS.length]!(places.get(value) ?? value);
      return { title: argv.map((word) => JSON.stringify(word.slice(0, 40))).join(' '), content: argv };
    }),
  );
  await withstand<readonly string[]>({
    inputs,
    attempt: async (argv) => {
      const ran = await regimen([...argv, '--workspace', sandbox.workspace, '--json']);
      if (ran.status === 0) sandbox.reset();
      return ran;
    },
    state: () => filesOf(sandbox.workspace),
    refused: 75,
    codeOf,
  });
});

function codeOf(outcome: unknown): ErrorCode | undefined {
  if (outcome instanceof Error) throw outcome;
  const { status, stdout, stderr } = outcome as Ran;
  if (status === 0) return undefined;
  expect(status).toBe(3);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none may reach a terminal
  expect(stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]|\n\s+at /);
  expect(stderr).not.toContain('a defect of Regimen');
  return JSON.parse(stdout).error.code;
}
