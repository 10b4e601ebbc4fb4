import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { within } from './testing/within.ts';
import { prepareWorkspaces, TWELVE, type Workspaces } from './testing/workspace.ts';

/** What leaves a workspace is under its name whole or not at all, whenever the process that writes it is killed. */

const EXPORTER = fileURLToPath(new URL('./testing/killed-export.ts', import.meta.url));

let workspaces: Workspaces;
let workspace: string;
beforeAll(async () => {
  workspaces = await prepareWorkspaces();
  workspace = workspaces.create();
  await within(workspace, async ({ call }) => {
    const { queueId } = await call('queue.create', { grid: TWELVE });
    await call('queue.start', { queueId });
    await call('queue.wait', { queueId });
  });
}, 60_000);
afterAll(() => workspaces.removeAll());

test('a run that is killed while it is written leaves nothing, or what was there, and the next one is whole', () => {
  const file = join(workspace, 'run.zip');
  const write = (step: number | string) =>
    spawnSync(process.execPath, [EXPORTER, workspace, file, '1', String(step)]).signal;
  expect(write(0)).toBe('SIGKILL');
  expect(existsSync(file)).toBe(false);
  // In the middle of the candles, over another file.
  writeFileSync(file, 'what was there');
  expect(write(5)).toBe('SIGKILL');
  expect(write('rename')).toBe('SIGKILL');
  expect(readFileSync(file, 'utf8')).toBe('what was there');
  expect(readdirSync(workspace).filter((name) => name.startsWith('.run.zip.'))).toHaveLength(3);
  expect(write('never')).toBeNull();
  expect(Object.keys(unzipSync(readFileSync(file)))).toContain('manifest.json');
}, 60_000);
