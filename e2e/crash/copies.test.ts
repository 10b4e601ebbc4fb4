import { copyFileSync, cpSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { artifactsOf, CONFIG, outcomeOf, SMALL_GRID } from '../../engine/testing/workspace.ts';
import { regimen, writeGrid } from './cli.ts';
import { useWorkspaces } from './workspaces.ts';

/** What a sync or backup tool makes of a workspace, and what one line of its configuration does. */

const workspaces = useWorkspaces();

const said = (...command: Parameters<typeof regimen>) => regimen(...command).ended;

test('a copy without the write-ahead log is looked at, and all its models stay', async () => {
  const workspace = workspaces.create();
  const training = regimen(workspace, 'train', writeGrid(workspace, SMALL_GRID));
  await expect
    .poll(() => Object.keys(artifactsOf(workspace)).length, { interval: 20, timeout: 60_000 })
    .toBeGreaterThan(1);
  training.process.kill('SIGSTOP');
  const copy = `${workspace}-copy`;
  mkdirSync(copy);
  for (const folder of ['candles', 'artifacts'])
    cpSync(join(workspace, folder), join(copy, folder), { recursive: true });
  copyFileSync(join(workspace, 'regimen.db'), join(copy, 'regimen.db'));
  writeFileSync(join(copy, 'config.yaml'), CONFIG);
  training.process.kill('SIGCONT');
  expect((await training.ended).status).toBe(0);

  const models = Object.keys(artifactsOf(copy));
  expect(models.length).toBeGreaterThan(0);
  const looked = await said(copy, 'history');
  expect(looked.status).toBe(0);
  expect(looked.stderr).toMatch(/(is|are) named by nothing in this database/);
  expect(Object.keys(artifactsOf(copy))).toEqual(models);
  rmSync(copy, { recursive: true });
});

test('a folder of models that is named elsewhere, or not there, costs no champion and no file', async () => {
  const workspace = workspaces.create();
  const trained = await said(workspace, 'train', writeGrid(workspace, SMALL_GRID));
  expect(trained.status).toBe(0);
  const before = outcomeOf(workspace);
  const elsewhere = `${workspace}-elsewhere`;
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, 'notes.txt'), 'x');
  writeFileSync(
    join(workspace, 'config.yaml'),
    `${CONFIG}\n`.replace('storage: {', `storage: { artifacts_dir: ${elsewhere},`),
  );
  const looked = await said(workspace, 'champions');
  expect(looked.status).toBe(0);
  expect(looked.stderr).toMatch(/The model files of \d+ kept runs are missing/);
  expect(looked.stdout).toContain('is missing: bring it back');
  writeFileSync(join(workspace, 'config.yaml'), CONFIG);
  writeFileSync(join(workspace, 'artifacts', '.DS_Store'), 'x');
  expect((await said(workspace, 'champions')).stdout).not.toContain('is missing');
  const { '.DS_Store': _stray, ...artifacts } = artifactsOf(workspace);
  expect({ ...outcomeOf(workspace), artifacts }).toEqual(before);
  expect(readdirSync(elsewhere)).toEqual(['notes.txt']);

  renameSync(join(workspace, 'artifacts'), `${elsewhere}-2`);
  expect((await said(workspace, 'history')).status).toBe(0);
  renameSync(`${elsewhere}-2`, join(workspace, 'artifacts'));
  expect(outcomeOf(workspace).ledger).toEqual(before.ledger);
  rmSync(elsewhere, { recursive: true });
});
