import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { REGIMEN } from './command.ts';

/** What a server is asked: a method of the Api, and its input. */
export type Asked = readonly [method: string, input: object];

export interface MeasuredServer {
  /** Seconds from the start of the process to its first page of the history. */
  readonly firstPage: number;
  /** Most memory that it held, MB, with all of its threads; undefined where there is no proc(5). */
  readonly peakMb: number | undefined;
}

const QUIET_MS = 2000;

/**
 * A server as users start it: asked for a page, left alone until it has computed what it keeps, asked for all of `asked`, and then given a grid
 * that two of its threads train.
 */
export async function measureServer(
  workspace: string,
  asked: readonly Asked[],
  grid: object,
): Promise<MeasuredServer> {
  // What it runs is built once for its sources: users have that built.
  spawnSync(process.execPath, [REGIMEN, 'serve', '--help']);
  const began = performance.now();
  const argv = [REGIMEN, 'serve', '--workspace', workspace, '--port', '0'];
  const server = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const call = await apiOf(server);
    await call('history.search', { limit: 50 });
    const firstPage = (performance.now() - began) / 1000;
    await quiet(server.pid!);
    for (const [method, input] of asked) await call(method, input);
    const { queueId } = (await call('queue.create', { grid })) as { queueId: number };
    await call('queue.start', { queueId });
    for (let state = 'running'; state !== 'completed'; ) {
      await delay(200);
      state = ((await call('queue.summary', { queueId })) as { state: string }).state;
      if (state === 'failed' || state === 'cancelled') throw new Error(`the job of the server is ${state}`);
    }
    return { firstPage, peakMb: peakOf(server.pid!) };
  } finally {
    server.kill();
    await once(server, 'exit');
  }
}

async function apiOf(server: ChildProcess): Promise<(method: string, input: object) => Promise<unknown>> {
  for await (const line of createInterface({ input: server.stdout! })) {
    const found = /(http:\/\/[^/\s]+)\/\S*token=([\w-]+)/.exec(line);
    if (found === null) continue;
    const [, origin, token] = found;
    return async (method, input) => {
      const response = await fetch(`${origin}/api/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(input),
      });
      if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`);
      return response.json();
    };
  }
  throw new Error('the server ended before it said where it is');
}

/** Until a process does next to nothing for a while. */
async function quiet(pid: number): Promise<void> {
  for (let busy = true; busy; ) {
    const before = ticksOf(pid);
    await delay(QUIET_MS);
    busy = ticksOf(pid) - before > QUIET_MS / 10 / 20;
  }
}

/** Hundredths of a second of the processor: see proc(5). */
function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

function peakOf(pid: number): number | undefined {
  const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return found === null ? undefined : Number(found[1]) / 1024;
}
