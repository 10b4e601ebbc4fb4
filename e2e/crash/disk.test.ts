import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GridSpecInput } from '../../engine/contract/grid.ts';
import { artifactsOf, CONFIG, outcomeOf, SMALL_GRID } from '../../engine/testing/workspace.ts';
import type { Fault } from './faults.ts';
import type { HostReport } from './host.ts';
import { runHost, startHost } from './host-process.ts';
import { expectPromisesKept, finish } from './kill.ts';
import { useUninterrupted, useWorkspaces } from './workspaces.ts';

const workspaces = useWorkspaces();
const uninterrupted = useUninterrupted(workspaces);

/** Some results were made permanent before it happened, and nothing unfinished lies about. */
function expectStoppedHalfway(workspace: string): void {
  expectPromisesKept(workspace);
  const { cells } = outcomeOf(workspace).ledger;
  const completed = cells.filter((cell) => cell.state === 'completed').length;
  expect(completed).toBeGreaterThan(0);
  expect(completed).toBeLessThan(cells.length);
  expect(Object.keys(artifactsOf(workspace)).filter((name) => !name.endsWith('.model'))).toEqual([]);
}

describe('the queue pauses and says why, loses nothing, and goes on when there is room', () => {
  const PAUSES: [fault: Fault, message: RegExp][] = [
    ['no room for models', /^There is no room left to write .*\.model\. Free some space and try again\.$/],
    [
      'no room for the database',
      /^There is no room left to write the database .*\. Free some space and try again\.$/,
    ],
  ];

  test.each(PAUSES)('%s', async (fault, message) => {
    const workspace = workspaces.create();
    const { last, status } = await runHost(workspace, SMALL_GRID, { fault });
    expect(last).toEqual({ type: 'ended', state: 'paused', message: expect.stringMatching(message) });
    expect(status).toBe(0);
    expectStoppedHalfway(workspace);
    await uninterrupted.expectSameEnd(workspace);
  });
});

test('less room than storage.min_free_mb while it trains pauses the queue, and says how much there is', async () => {
  // It is looked for four times a second: there must be work for longer.
  const slow: GridSpecInput = {
    ...SMALL_GRID,
    model_types: ['random_forest'],
    hyperparameters: { random_forest: { n_estimators: [100, 101, 102, 103] } },
  };
  const workspace = workspaces.create(CONFIG.replace('min_free_mb: 0', 'min_free_mb: 1'));
  const { last } = await runHost(workspace, slow, { fault: 'room running out' });
  const message = `Only 0 MB are free on the disk of ${workspace}; storage.min_free_mb asks for 1. Make room, then resume.`;
  expect(last).toEqual({ type: 'ended', state: 'paused', message });
  expectStoppedHalfway(workspace);
  await finish(workspace, slow);
});

test('a read-only folder of models fails the queue with the reason; it goes on once it can be written to', async () => {
  const workspace = workspaces.create();
  const { last, status } = await runHost(workspace, SMALL_GRID, { fault: 'read-only models' });
  expect(last).toMatchObject({ type: 'error', code: 'file-unreadable' });
  expect(last).toMatchObject({ message: expect.stringMatching(/\.model can not be written: EROFS/) });
  expect(status).toBe(1);
  expect(outcomeOf(workspace).ledger.queues).toMatchObject([{ state: 'failed', owner: null }]);
  expectPromisesKept(workspace);
  await uninterrupted.expectSameEnd(workspace);
});

test('a file in place of the folder of models fails the queue with the reason', async () => {
  const workspace = workspaces.create();
  const folder = join(workspace, 'artifacts');
  writeFileSync(folder, 'not a folder');
  const { last } = await runHost(workspace, SMALL_GRID);
  expect(last).toMatchObject({ type: 'error', message: expect.stringContaining(folder) });
  rmSync(folder);
  await uninterrupted.expectSameEnd(workspace);
});

function isPausedOrWaiting(report: HostReport): boolean {
  return report.type === 'ended' || (report.type === 'feed' && report.message.includes('no room to save'));
}

describe('a disk of its own', () => {
  let disk: string;
  let mounted = false;

  beforeAll(() => {
    disk = join(workspaces.create(), 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk], { stdio: 'ignore' });
      mounted = true;
    } catch {
      // Only some may mount.
    }
  });

  afterAll(() => {
    if (mounted) execFileSync('umount', [disk]);
  });

  test('is filled to the last byte: the queue pauses, and goes on when there is room again', async (context) => {
    if (!mounted) context.skip('mounting a file system is not allowed here');
    const workspace = join(disk, 'workspace');
    cpSync(workspaces.create(), workspace, { recursive: true });
    const ballast = join(disk, 'ballast');
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - 300_000));
    const host = startHost(workspace, SMALL_GRID);
    // On the last byte not even the end of the queue may find room: then it is saved as soon as there is some.
    await expect
      .poll(() => host.reports.some(isPausedOrWaiting), { timeout: 50_000, interval: 50 })
      .toBe(true);
    rmSync(ballast);
    await host.ended;
    expect(host.reports.at(-1)).toMatchObject({
      type: 'ended',
      state: 'paused',
      message: expect.stringContaining('no room left'),
    });
    expectPromisesKept(workspace);
    await uninterrupted.expectSameEnd(workspace);
  });
});
