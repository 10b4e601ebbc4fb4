import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { GridSpecInput } from '../../engine/contract/grid.ts';
import { createPrng } from '../../engine/random/prng.ts';
import { brokenPromises } from '../../engine/testing/ledger.ts';
import { artifactsOf } from '../../engine/testing/workspace.ts';
import { runHost, startHost } from './host-process.ts';

/**
 * Trains on until the queue is complete; it must not need more than that, nor fail. Returns the milliseconds from the first
 * result to the end.
 */
export async function finish(workspace: string, grid: GridSpecInput): Promise<number> {
  const host = startHost(workspace, grid);
  let first = Number.NaN;
  void host.reported('progress').then(() => {
    first = performance.now();
  });
  await host.ended;
  const took = performance.now() - first;
  const last = host.reports.findLast(({ type }) => type === 'ended' || type === 'error');
  expect(last).toEqual({ type: 'ended', state: 'completed', message: null });
  expectPromisesKept(workspace);
  return took;
}

export function expectPromisesKept(workspace: string): void {
  expect(brokenPromises(workspace, Object.keys(artifactsOf(workspace)))).toEqual([]);
}

const LEAST_KILLS = 2;

/**
 * Starts a process and kills it, `kills` times: every third somewhere in its start-up, the others while it trains.
 * `trainingMs` is what the grid takes without interruption: moments are drawn within a share of it, so that there is work
 * left for the last one on a fast machine as on a slow one. Where the machine has become much faster since that was measured, the
 * queue may be done before the last kill; fails if it was done before the second.
 */
export async function killAgainAndAgain(
  workspace: string,
  grid: GridSpecInput,
  kills: number,
  seed: number,
  trainingMs: number,
): Promise<void> {
  const random = createPrng(seed);
  const longest = trainingMs / (2 * kills);
  for (let kill = 0; kill < kills; kill++) {
    const host = startHost(workspace, grid);
    const moment = kill % 3 === 2 ? host.reported('opened') : host.reported('progress');
    await Promise.race([moment, host.ended]);
    await delay(random.float() * longest);
    host.process.kill('SIGKILL');
    const ended = await host.ended;
    expectPromisesKept(workspace);
    if (ended === 0 && kill >= LEAST_KILLS) return;
    expect(ended, `kill ${kill + 1}, reports ${JSON.stringify(host.reports.slice(-3))}`).toBe('SIGKILL');
  }
}

/** Starts a process that kills itself right after the `occurrence`-th time that a step of a commit is done. */
export async function killAtStep(
  workspace: string,
  grid: GridSpecInput,
  step: string,
  occurrence: number,
): Promise<void> {
  const { status } = await runHost(workspace, grid, { killAt: `${step}#${occurrence}` });
  expect(status, `killed at "${step}", ${occurrence}`).toBe('SIGKILL');
  expectPromisesKept(workspace);
}
