import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../engine/app.ts';
import type { ApiResults, Method, RawInput } from '../../engine/contract/api/index.ts';
import type { ErrorDto } from '../../engine/contract/errors.ts';
import { prepareWorkspaces, type Workspaces } from '../../engine/testing/workspace.ts';
import { type ServerProcess, startServerProcess } from './testing/server-process.ts';

/** Schedules of a server process: over HTTP, in a window on the same workspace and on the command line they are the same. */

const REGIMEN = fileURLToPath(new URL('../cli/regimen.ts', import.meta.url));
const TRAINING = {
  symbol: 'DEMO_EURUSD',
  timeframe: 'H4',
  modelType: 'ridge',
  target: 'return',
  period: '1y',
} as const;

let workspaces: Workspaces;
let workspace: string;
let reader: string;
let server: ServerProcess;
let window: Engine;
beforeAll(async () => {
  workspaces = await prepareWorkspaces();
  workspace = workspaces.create();
  window = createEngine({ workspace, home: workspace, role: 'command' });
  reader = (await window.call('token.create', { name: 'dashboard', readOnly: true })).token;
  server = await startServerProcess(
    workspace,
    { REGIMEN_HOME: workspace },
    'main/server/testing/api-server.ts',
  );
}, 120_000);
afterAll(async () => {
  await server?.stop();
  await window?.close();
  workspaces.removeAll();
});

async function post(method: Method, input: object, token = server.token) {
  const answer = await fetch(`${server.origin}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  return { status: answer.status, body: await answer.json() };
}

async function http<M extends Method>(method: M, input: RawInput<M>): Promise<ApiResults[M]> {
  const { status, body } = await post(method, input as object);
  expect(body).not.toHaveProperty('code');
  expect(status).toBe(200);
  return body as ApiResults[M];
}

/** A process of the command line; what it printed as JSON. */
async function command(...argv: readonly string[]) {
  const args = [REGIMEN, ...argv, '--json', '--workspace', workspace];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, REGIMEN_HOME: workspace },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number]>,
  ]);
  return { status, out: out === '' ? undefined : JSON.parse(out), err };
}

test('is made, listed, begun otherwise than it says and switched off, and all three say the same of it', async () => {
  const [before] = await http('schedule.list', {});
  expect(before).toMatchObject({ name: 'weekly', enabled: false, cron: '0 2 * * 0', zone: 'UTC' });

  const made = await http('schedule.set', {
    name: 'mondays',
    cron: '30 5 * * 1',
    zone: 'Europe/Berlin',
    enabled: true,
    training: TRAINING,
  });
  expect(made).toMatchObject({ enabled: true, title: 'DEMO_EURUSD H4', asked: { period: '1y' }, runs: [] });
  expect(made.next).toHaveLength(5);
  const listed = await http('schedule.list', {});
  expect(listed.map(({ name }) => name)).toEqual(['weekly', 'mondays']);
  expect((await command('schedule', 'list')).out).toEqual(listed);
  expect(await window.call('schedule.list', {})).toEqual(listed);

  const begun = await http('schedule.start', {
    name: 'mondays',
    force: true,
    trials: 2,
    skipValidation: true,
    reason: 'new broker',
  });
  expect(begun).toMatchObject({
    schedule: 'mondays',
    asked: { ...TRAINING, force: true, optimize: true, trials: 2, skipValidation: true },
  });
  expect(await post('schedule.start', { name: 'mondays' })).toMatchObject({
    status: 409,
    body: { message: expect.stringContaining('at work already') },
  });
  const ended = async () => (await http('production.training', { id: begun.id })).endedAt !== null;
  while (!(await ended())) await delay(100);

  const shown = await http('schedule.show', { name: 'mondays' });
  expect(shown).toMatchObject({
    asked: { force: false, optimize: false, skipValidation: false },
    runs: [{ id: begun.id, state: 'completed', names: [{ result: { status: 'promoted' } }] }],
  });
  expect((await command('schedule', 'show', 'mondays')).out).toEqual(shown);
  expect(await window.call('schedule.show', { name: 'mondays' })).toEqual(shown);
  const journal = await http('production.journal', {});
  expect(journal.entries.at(-1)).toMatchObject({
    action: 'promoted',
    by: 'server',
    reason: 'new broker',
    skipped: ['validation', 'thresholds', 'verdict'],
  });

  const off = await command('schedule', 'off', 'mondays');
  expect(off.out).toEqual(await http('schedule.show', { name: 'mondays' }));
  expect(off.out).toMatchObject({ enabled: false, missed: null });
  expect(await http('schedule.remove', { name: 'mondays' })).toEqual(await window.call('schedule.list', {}));
  expect(await http('schedule.list', {})).toHaveLength(1);
}, 300_000);

test('what can not be is refused in the same words, and a token that only reads changes nothing', async () => {
  const wrong = { cron: '0 25 * * 0', zone: 'Europe/Berlinn' };
  const { status, body } = await post('schedule.set', wrong);
  expect(status).toBe(400);
  const { message } = body as ErrorDto;
  expect(message).toContain('cron');
  expect(message).toContain('Did you mean "Europe/Berlin"?');
  await expect(window.call('schedule.set', wrong)).rejects.toThrow(message);
  const said = await command('schedule', 'set', '--cron', wrong.cron, '--zone', wrong.zone);
  expect(said.status).not.toBe(0);
  for (const line of message.split('\n').slice(1)) expect(said.err).toContain(line.split(': ')[1]);

  expect((await post('schedule.list', {}, reader)).status).toBe(200);
  for (const method of ['schedule.set', 'schedule.start', 'schedule.remove'] as const) {
    expect((await post(method, {}, reader)).status).toBe(403);
  }
  expect(await http('schedule.list', {})).toMatchObject([{ name: 'weekly', enabled: false }]);
}, 300_000);
