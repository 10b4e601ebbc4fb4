import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from './commands/index.ts';
import { filesOf, type Ran, regimen } from './testing/command-line.ts';
import { createSandbox, type Sandbox } from './testing/sandbox.ts';

/** A workspace that this user may read, but not write to. */

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
  chmodSync(sandbox.root, 0o755);
});
afterAll(() => {
  setModes(0o755);
  sandbox.remove();
});
beforeEach(() => {
  sandbox.reset();
  setModes(0o555);
});

function setModes(mode: number): void {
  const names = ['.', ...(readdirSync(sandbox.workspace, { recursive: true }) as string[])];
  for (const name of names) chmodSync(join(sandbox.workspace, name), mode);
}

/** Permissions count for everybody but root, who becomes nobody for that. */
async function asPlainUser(...argv: string[]): Promise<Ran> {
  const all = [...argv, '--workspace', sandbox.workspace];
  if (!isRoot) return regimen(all);
  const program = fileURLToPath(new URL('./regimen.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...all], {
    uid: NOBODY,
    gid: NOBODY,
    encoding: 'utf8',
  });
  return { status: status!, stdout, stderr };
}

// The system's permissions are others there.
describe.skipIf(process.platform === 'win32')('a workspace without permission to write', () => {
  it.each([
    ['champions', 'Ridge'],
    ['history', '1 run'],
    ['jobs list', 'completed'],
    ['run 1', 'EURUSD'],
  ])('can be looked at: %s', async (command, says) => {
    const before = filesOf(sandbox.workspace);
    const { status, stdout, stderr } = await asPlainUser(...command.split(' '));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(says);
    expect(filesOf(sandbox.workspace)).toEqual(before);
  });

  it.each(['train GRID', 'cleanup', 'jobs remove 1'])('is refused in one sentence: %s', async (command) => {
    const grid = sandbox.grid({ horizons: [7] });
    const before = filesOf(sandbox.workspace);
    const { status, stderr } = await asPlainUser(...command.replace('GRID', grid).split(' '));
    expect({ status, stderr }).toEqual({
      status: 3,
      stderr: `error: The workspace ${sandbox.workspace} can't be written to, since this user lacks the permission: give write permission for the folder and the files in it, or copy it to where there is one.\n`,
    });
    expect(filesOf(sandbox.workspace)).toEqual(before);
  });

  it('that may not be read either says so, and is not taken for empty', async () => {
    chmodSync(sandbox.workspace, 0o000);
    const { status, stderr } = await asPlainUser('champions');
    chmodSync(sandbox.workspace, 0o755);
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /^error: The database .* can't be read, since this user lacks the permission: .*\n$/,
    );
  });
});

it('commands that only look are those, and no others', () => {
  const looking = COMMANDS.filter((command) => 'runReading' in command).map(({ path }) => path.join(' '));
  expect(looking).toEqual([
    'grid preview',
    'validate list',
    'validate show',
    'trials',
    'market inspect',
    'market watched',
    'market corrections',
    'market list',
    'market bars',
    'market changes',
    'overview',
    'champions',
    'evidence',
    'history',
    'axes',
    'compare',
    'run',
    'trades',
    'money',
    'regimes list',
    'regimes preview',
    'marked',
    'views list',
    'run export',
    'run replay',
    'model export',
    'model formats',
    'model features',
    'model import',
    'production list',
    'production show',
    'production compare',
    'production export',
    'production journal',
    'survival rows',
    'survival list',
    'survival show',
    'survival validate',
    'survival journal',
    'signals',
    'portfolio',
    'report',
    'forward list',
    'forward show',
    'alert list',
    'statement list',
    'statement compare',
    'schedule list',
    'schedule show',
    'schedule next',
    'schedule install',
    'worker list',
    'jobs list',
    'jobs show',
    'recovery list',
    'recovery lost',
    'jobs sample',
    'token list',
    'tracking status',
    'updates',
    'verify',
    'verify lookahead',
  ]);
});
