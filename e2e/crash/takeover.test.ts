import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { CONFIG, outcomeOf, SMALL_GRID } from '../../engine/testing/workspace.ts';
import type { SeenAs } from './host.ts';
import { type Host, startHost } from './host-process.ts';
import { expectPromisesKept } from './kill.ts';
import { useUninterrupted, useWorkspaces } from './workspaces.ts';

/**
 * A process sleeps in mid-training, another one that can't check it takes the queue over, and the first wakes: it writes
 * nothing more and says who has the queue; the other ends as if it had been alone.
 */

/** The shortest silence that is taken for a crash: 6 s. */
const SILENCE_MS = 6_000;
/** Results that share a transaction (`engine/queue/commit-groups.ts`). */
const MOST_TOGETHER = 8;
const QUICK = `${CONFIG}\nrecovery: { detect_crash_after_minutes: 0.1 }\n`;

const workspaces = useWorkspaces();
const uninterrupted = useUninterrupted(workspaces);

async function asleep(workspace: string, seenAs: SeenAs): Promise<Host> {
  const first = startHost(workspace, SMALL_GRID, { killAt: 'committed#2', killWith: 'SIGSTOP', seenAs });
  await first.reported('opened');
  await fallenAsleep(first);
  expect(committed(workspace)).toBeGreaterThanOrEqual(2);
  return first;
}

async function fallenAsleep({ process: { pid } }: Host): Promise<void> {
  // Not every Linux has ps.
  const state = () =>
    process.platform === 'linux'
      ? /\) (.)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))![1]
      : execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).charAt(0);
  await expect.poll(state, { timeout: 60_000, interval: 50 }).toBe('T');
}

function committed(workspace: string): number {
  const db = new Database(`${workspace}/regimen.db`, { readonly: true });
  try {
    return db.prepare("SELECT count(*) FROM cells WHERE state = 'completed'").pluck().get() as number;
  } finally {
    db.close();
  }
}

interface TakenOver {
  readonly workspace: string;
  readonly first: Host;
  readonly second: Host;
}

/** The other has taken over and trains. */
async function takenOver(one: SeenAs, other: SeenAs): Promise<TakenOver> {
  const workspace = workspaces.create(QUICK);
  const first = await asleep(workspace, one);
  await delay(SILENCE_MS + 500);
  const second = startHost(workspace, SMALL_GRID, { seenAs: other });
  await second.reported('progress');
  return { workspace, first, second };
}

/** Wakes the first, which gives up; the workspace ends as if there had been one process. Returns what the first said. */
async function expectGivenUp({ workspace, first, second }: TakenOver): Promise<string> {
  const saidBefore = first.reports.length;
  first.process.kill('SIGCONT');
  expect(await first.ended).toBe(1);
  expect(await second.ended).toBe(0);
  expect(second.reports.at(-1)).toEqual({ type: 'ended', state: 'completed', message: null });
  const last = first.reports.at(-1);
  expect(last).toMatchObject({ type: 'error', code: 'workspace-busy' });
  // What it had committed when it fell asleep, in one transaction, may be told now; nothing came after that.
  const told = first.reports.slice(saidBefore).filter(({ type }) => type === 'progress');
  expect(told.length).toBeLessThanOrEqual(MOST_TOGETHER);
  expectPromisesKept(workspace);
  expect(outcomeOf(workspace)).toEqual(uninterrupted.outcome);
  return last?.type === 'error' ? last.message : '';
}

const LAPTOP: SeenAs = { host: 'laptop', isStartKnown: true };
const DESKTOP: SeenAs = { host: 'desktop', isStartKnown: true };
const WINDOWS: SeenAs = { host: 'desktop', isStartKnown: false };

describe.runIf(process.platform !== 'win32').concurrent('a process that sleeps', () => {
  test.each([
    ['on another computer', LAPTOP, DESKTOP],
    ['where nobody knows when a process started, as on Windows', WINDOWS, WINDOWS],
  ] as const)('%s finds its queue taken over, and says by whom', async (_where, one, other) => {
    const taken = await takenOver(one, other);
    const message = await expectGivenUp(taken);
    const { pid } = taken.second.process;
    expect(message).toMatch(
      new RegExp(`^Another process has taken over queue 1 "Crash test".*: process ${pid} on ${other.host} `),
    );
  });

  test('and wakes when the other is done changes nothing of that', async () => {
    const taken = await takenOver(LAPTOP, DESKTOP);
    await taken.second.ended;
    expect(await expectGivenUp(taken)).toContain('Another process has taken over queue 1 "Crash test"');
  });

  test('inside a transaction keeps others out, who say who it is; it goes on when it wakes', async () => {
    const workspace = workspaces.create(QUICK);
    const killAt = 'run inserted#3';
    const first = startHost(workspace, SMALL_GRID, { killAt, killWith: 'SIGSTOP', seenAs: LAPTOP });
    await first.reported('opened');
    await fallenAsleep(first);
    // Those before it, but for one that shares its transaction.
    expect(committed(workspace)).toBeLessThanOrEqual(2);
    await delay(SILENCE_MS + 500);
    const second = startHost(workspace, SMALL_GRID, { seenAs: DESKTOP });
    expect(await second.ended).toBe(1);
    expect(second.reports.at(-1)).toMatchObject({
      type: 'error',
      code: 'workspace-busy',
      message: expect.stringContaining(`process ${first.process.pid}`),
    });
    first.process.kill('SIGCONT');
    expect(await first.ended).toBe(0);
    expectPromisesKept(workspace);
    expect(outcomeOf(workspace)).toEqual(uninterrupted.outcome);
  });
});
