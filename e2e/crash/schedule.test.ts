import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { within } from '../../engine/testing/within.ts';
import { useWorkspaces } from './workspaces.ts';

/** What a schedule begins is done once: by one of two processes, and by the next one where one is killed in the middle. */

const HOST = fileURLToPath(new URL('./schedule-host.ts', import.meta.url));
const PLACE = { symbol: 'DEMO_EURUSD', timeframe: 'H4' } as const;
const RIDGE = { ...PLACE, modelType: 'ridge', target: 'return', period: '1y', skipValidation: true } as const;
const workspaces = useWorkspaces();

let prepared: string;
beforeAll(async () => {
  prepared = workspaces.create();
  await within(prepared, ({ call }) => call('schedule.set', { enabled: true, training: RIDGE }));
});

function host(workspace: string, killAt?: string) {
  const child = spawn(process.execPath, [HOST, workspace, '8'], {
    env: { ...process.env, ...(killAt !== undefined && { REGIMEN_KILL_AT: killAt }) },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  const ended = new Promise<{ end: number | NodeJS.Signals | null; stderr: string }>((resolve) => {
    child.on('close', (status, signal) => resolve({ end: signal ?? status, stderr }));
  });
  return { go: () => child.stdin.end(), ended };
}

async function expectOnce(workspace: string): Promise<void> {
  await within(workspace, async ({ call }) => {
    const { runs } = await call('schedule.show', {});
    expect(runs).toMatchObject([
      { state: 'completed', origin: 'schedule', names: [{ result: { status: 'promoted' } }] },
    ]);
    const { versions, production } = await call('production.show', PLACE);
    expect(versions.map(({ version }) => version)).toEqual([production]);
    const { entries } = await call('production.journal', {});
    expect(entries.map(({ action, by }) => [action, by])).toEqual([
      ['registered', 'schedule'],
      ['promoted', 'schedule'],
    ]);
    expect((await call('verify.run', {})).problems).toEqual([]);
  });
}

test.each([
  'file in place',
  'version files in place',
  'version registered',
  'alias moved',
  'production named',
])('killed right after "%s", the next one goes on, once', async (step) => {
  const workspace = workspaces.copyOf(prepared);
  const first = host(workspace, step);
  first.go();
  expect(await first.ended).toMatchObject({ end: 'SIGKILL' });
  const next = host(workspace);
  next.go();
  expect(await next.ended).toEqual({ end: 0, stderr: '' });
  await expectOnce(workspace);
});

test('two processes that look at the same moment begin it once', async () => {
  const workspace = workspaces.copyOf(prepared);
  const both = [host(workspace), host(workspace)];
  for (const { go } of both) go();
  const ends = await Promise.all(both.map(({ ended }) => ended));
  // The later one may find the workspace at work, and leave it.
  for (const { end, stderr } of ends) if (end !== 0) expect(stderr).toContain('workspace-busy');
  expect(ends.map(({ end }) => end)).toContain(0);
  await expectOnce(workspace);
});
