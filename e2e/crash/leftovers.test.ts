import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from 'vitest';
import { regimen } from './cli.ts';
import { useWorkspaces } from './workspaces.ts';

const REGIMEN = fileURLToPath(new URL('../../main/cli/regimen.ts', import.meta.url));

const workspaces = useWorkspaces();
let workspace: string;
let before: string[];
beforeEach(() => {
  workspace = workspaces.create();
  before = readdirSync(workspace).sort();
});

/** Runs a command that is killed instead of giving the `count`-th file its name. */
function killedAtRename(count: number, ...command: string[]): void {
  const preload = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
    let left = ${count}; const { renameSync } = fs;
    fs.renameSync = (...paths) => (--left === 0 ? process.kill(process.pid, 'SIGKILL') : renameSync(...paths));
    syncBuiltinESMExports();`;
  const { signal } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(preload)}`,
      REGIMEN,
      ...command,
      '--workspace',
      workspace,
    ],
    { stdio: 'ignore' },
  );
  expect(signal).toBe('SIGKILL');
}

/** What was left becomes old enough to be taken for garbage. */
function age(): void {
  for (const name of readdirSync(workspace))
    if (name.endsWith('.tmp')) utimesSync(join(workspace, name), 1, 1);
}

test('a backup that was killed leaves nothing that a cleanup does not find', async () => {
  const file = join(workspace, 'backup.zip');
  killedAtRename(1, 'backup', file);
  expect(readdirSync(workspace).filter((name) => name.endsWith('.db.tmp'))).toHaveLength(1);
  age();
  expect((await regimen(workspace, 'cleanup').ended).status).toBe(0);
  expect(readdirSync(workspace).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('the next backup to the same folder removes what one left that was killed', async () => {
  const file = join(workspace, 'backup.zip');
  killedAtRename(1, 'backup', file);
  age();
  expect((await regimen(workspace, 'backup', file).ended).status).toBe(0);
  expect(readdirSync(workspace).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(existsSync(file)).toBe(true);
});

test.each([1, 2, 3])(
  'a restore that was killed at file %i leaves a workspace that a cleanup makes clean',
  async (at) => {
    const file = `${workspace}.zip`;
    expect((await regimen(workspace, 'backup', file).ended).status).toBe(0);
    killedAtRename(at, 'restore', file);
    expect(readdirSync(workspace)).toContain('.restore');
    expect((await regimen(workspace, 'cleanup').ended).status).toBe(0);
    const after = readdirSync(workspace).filter((name) => !before.includes(name));
    expect(after.filter((name) => name !== 'logs' && !name.startsWith('regimen.db'))).toEqual([]);
  },
);
