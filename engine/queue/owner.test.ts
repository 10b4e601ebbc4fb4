import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { livenessOf, type Owner, sameOwner, systemProcesses } from './owner.ts';

describe('the processes of this machine', () => {
  const processes = systemProcesses();

  test('this one is alive', () => {
    expect(processes.self).toMatchObject({ host: hostname(), pid: process.pid });
    expect(livenessOf(processes.self, processes)).toBe(process.platform === 'win32' ? 'unknown' : 'alive');
  });

  test('a child is alive until it has ended', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await once(child, 'spawn');
    const pid = child.pid!;
    const owner: Owner = { host: hostname(), pid, processStart: processes.startOf(pid) };
    expect(livenessOf(owner, processes)).not.toBe('dead');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(livenessOf(owner, processes)).toBe('dead');
  });

  test.runIf(process.platform === 'linux')(
    'a zombie is dead: killed, but its parent has not asked for its end',
    async () => {
      // The shell becomes `sleep` once its own child is in the background, and sleep never asks how a child ended.
      const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      try {
        const [line] = (await once(parent.stdout, 'data')) as [Buffer];
        const pid = Number(line.toString());
        const owner: Owner = { host: hostname(), pid, processStart: processes.startOf(pid) };
        expect(livenessOf(owner, processes)).toBe('alive');
        // Killed before, the shell would still ask.
        await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n');
        process.kill(pid, 'SIGKILL');
        await expect.poll(() => livenessOf(owner, processes)).toBe('dead');
        // Its number is still taken: signal 0 alone would have said that it lives.
        expect(() => process.kill(pid, 0)).not.toThrow();
      } finally {
        parent.kill('SIGKILL');
      }
    },
  );
});

test('owners are the same by host, number and start', () => {
  const owner: Owner = { host: 'here', pid: 100, processStart: 'boot 100' };
  expect(sameOwner(owner, { ...owner })).toBe(true);
  for (const other of [
    { host: 'there' },
    { pid: 101 },
    { processStart: 'boot 101' },
    { processStart: null },
  ]) {
    expect(sameOwner(owner, { ...owner, ...other })).toBe(false);
  }
});
