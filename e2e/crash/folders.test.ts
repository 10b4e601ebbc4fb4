import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createEngine } from '../../engine/app.ts';
import { mountReadOnly } from '../../engine/testing/unwritable.ts';
import { artifactsOf, CONFIG, outcomeOf, SMALL_GRID, TWELVE } from '../../engine/testing/workspace.ts';
import { regimen, writeGrid } from './cli.ts';
import { useWorkspaces } from './workspaces.ts';

/** Folders that are another's, anyone's, or may only be read: nothing in them is lost to a sweep. */

const workspaces = useWorkspaces();

const ran = (...command: Parameters<typeof regimen>) => regimen(...command).ended;
const inFolder = (folder: string) =>
  writableConfig(`storage: { artifacts_dir: ${JSON.stringify(folder)}, min_free_mb: 0 }`);
const writableConfig = (storage: string) => CONFIG.replace('storage: { min_free_mb: 0 }', storage);
const setConfig = (workspace: string, text: string) => writeFileSync(join(workspace, 'config.yaml'), text);

async function train(workspace: string, grid: object): Promise<void> {
  const { status, stderr } = await ran(workspace, 'train', writeGrid(workspace, { ...SMALL_GRID, ...grid }));
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
}

/** All files below a folder, by name, with their bytes; what Regimen notes there of its own left out. */
function bytesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '.regimen.json')
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(name, 'base64')]));
}

test('models are trained into a folder of foreign files, cleaned up there, and the folder is changed back', async () => {
  const workspace = workspaces.create();
  await train(workspace, TWELVE);
  const before = artifactsOf(workspace);
  const champions = (await ran(workspace, 'champions', '--json')).stdout;
  const foreign = `${workspace}-foreign`;
  mkdirSync(join(foreign, 'photos'), { recursive: true });
  // The last one looks like one of Regimen's, but is nobody's here.
  for (const name of ['thesis.docx', 'photos/summer.jpg', 'x.model.1-2.tmp', 'lasso_EURUSD_H1_old.model'])
    writeFileSync(join(foreign, name), name);
  const theirs = bytesIn(foreign);

  setConfig(workspace, inFolder(foreign));
  await train(workspace, { ...SMALL_GRID, name: 'There', timeframes: ['H1'] });
  expect((await ran(workspace, 'cleanup', '--days', '0')).status).toBe(0);
  expect(bytesIn(foreign)).toMatchObject(theirs);
  expect(Object.keys(bytesIn(foreign)).length).toBeGreaterThan(Object.keys(theirs).length);

  setConfig(workspace, CONFIG);
  await train(workspace, { ...TWELVE, name: 'Back', horizons: [5, 9] });
  expect((await ran(workspace, 'cleanup', '--days', '0')).status).toBe(0);
  expect(bytesIn(foreign)).toMatchObject(theirs);
  expect(artifactsOf(workspace)).toMatchObject(keptOf(before, workspace));
  expect(JSON.parse(champions).length).toBeGreaterThan(0);
  rmSync(foreign, { recursive: true });
});

/** Those of files that a row of the database still names. */
function keptOf(files: ReturnType<typeof artifactsOf>, workspace: string): Partial<typeof files> {
  const runs = JSON.stringify(outcomeOf(workspace).ledger);
  const kept = Object.entries(files).filter(([name]) => runs.includes(name));
  expect(kept.length).toBeGreaterThan(0);
  return Object.fromEntries(kept);
}

test.each([
  ['two workspaces', 'another workspace'],
  ['a workspace and its copy', 'of which this workspace is a copy'],
])(
  '%s with one folder of models: the second may not train there, and no model of the first goes',
  async (what, reason) => {
    const first = workspaces.create();
    const models = `${first}-models`;
    mkdirSync(models);
    setConfig(first, inFolder(models));
    await train(first, TWELVE);
    const before = bytesIn(models);
    const second = what === 'two workspaces' ? await newWorkspace(`${first}-2`) : workspaces.copyOf(first);
    setConfig(second, inFolder(models));
    const refused = await ran(second, 'train', writeGrid(second, { ...TWELVE, horizons: [4] }));
    expect(refused.status).toBe(3);
    expect(refused.stderr).toContain(first);
    expect(refused.stderr).toContain(reason);
    for (const workspace of [second, first, second]) {
      for (const command of [['history'], ['champions'], ['cleanup', '--days', '0']] as const)
        expect((await ran(workspace, ...command)).status).toBe(0);
    }
    expect(bytesIn(models)).toEqual(before);
    await train(first, { ...TWELVE, name: 'More', horizons: [4, 8] });
    expect((await ran(first, 'champions')).stdout).not.toContain('is missing');
    const more = bytesIn(models);
    expect((await ran(second, 'cleanup', '--days', '0')).status).toBe(0);
    expect(bytesIn(models)).toEqual(more);
    rmSync(models, { recursive: true });
    rmSync(second, { recursive: true });
  },
);

/** With an id of its own, which no other has. */
async function newWorkspace(folder: string): Promise<string> {
  const engine = createEngine({ workspace: folder, role: 'command' });
  await engine.call('market.demo', {});
  await engine.close();
  return folder;
}

test.runIf(process.platform === 'linux')(
  'a read-only medium is looked at, by root and by others; training there ends with one sentence',
  async ({ skip }) => {
    const workspace = workspaces.create();
    await train(workspace, TWELVE);
    const medium = mountReadOnly(workspace);
    if (medium === undefined) return skip('this user can not mount a folder read-only');
    try {
      const before = outcomeOf(workspace);
      for (const command of ['champions', 'history', 'jobs list'])
        expect(await ran(medium.path, ...command.split(' '))).toMatchObject({ status: 0 });
      const refused = await ran(medium.path, 'jobs', 'retry', '1');
      expect(refused.status).not.toBe(0);
      expect(refused.stderr).not.toMatch(/damaged|defect|^ +at /m);
      expect(outcomeOf(workspace)).toEqual(before);
    } finally {
      medium.release();
    }
  },
);

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'a folder of another user, who is not root, is looked at and not written to',
  async () => {
    const workspace = workspaces.create();
    await train(workspace, TWELVE);
    const copy = `/tmp/regimen-readable-${process.pid}`;
    cpSync(workspace, copy, { recursive: true });
    openToRead(copy);
    const cli = fileURLToPath(new URL('../../main/cli/regimen.ts', import.meta.url));
    const asNobody = (...argv: string[]) =>
      spawnSync(
        'setpriv',
        [
          '--reuid=65534',
          '--regid=65534',
          '--clear-groups',
          process.execPath,
          cli,
          ...argv,
          '--workspace',
          copy,
        ],
        { encoding: 'utf8', env: { ...process.env, HOME: '/nonexistent' } },
      );
    try {
      const looked = asNobody('champions');
      expect([looked.status, looked.stderr]).toEqual([0, '']);
      const refused = asNobody('jobs', 'remove', '1');
      expect(refused.status).toBe(3);
      expect(refused.stderr).toMatch(/^error: .*written to/);
      expect(refused.stderr).not.toMatch(/damaged|defect/);
    } finally {
      rmSync(copy, { recursive: true });
    }
  },
);

function openToRead(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}
