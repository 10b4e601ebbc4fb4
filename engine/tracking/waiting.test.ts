import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createWaiting } from './waiting.ts';

const MODULE = JSON.stringify(join(import.meta.dirname, 'waiting.ts'));

/** Exit status of a process that does nothing else. Node ends one that only waits for what may never come with 13. */
function statusOf(script: string): number | null {
  const program = `import { createWaiting } from ${MODULE};
    const ending = new AbortController();
    const waiting = createWaiting(ending.signal);
    ${script}`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', program]).status;
}

test('what is waited for at the end of a process keeps it alive', () => {
  expect(statusOf('await waiting.sleep(30);')).toBe(0);
  expect(statusOf('await waiting.silence(() => 0, 30, 60);')).toBe(0);
  expect(statusOf('waiting.wake(false); await waiting.untilWoken(30, 30, false);')).toBe(0);
});

test('waiting for something to happen does not', () => {
  expect(statusOf('void waiting.untilWoken(1e9, 0, false);')).toBe(0);
});

test('what is not urgent ends no pause where only that counts; closing ends any', async () => {
  const ending = new AbortController();
  const waiting = createWaiting(ending.signal);
  const order: string[] = [];
  const urgent = waiting.untilWoken(1e8, 0, true).then(() => order.push('woken'));
  waiting.wake(false);
  await waiting.sleep(20);
  order.push('still waiting');
  waiting.wake(true);
  await urgent;
  const last = waiting.untilWoken(1e8, 0, false);
  ending.abort();
  await last;
  expect(order).toEqual(['still waiting', 'woken']);
});

test('closing ends the wait for a server that is silent, and no turn of it is left to take the time of others', async () => {
  const ending = new AbortController();
  let turns = 0;
  const never = () => {
    turns++;
    return Number.NEGATIVE_INFINITY;
  };
  const silence = createWaiting(ending.signal).silence(never, 300, 300);
  ending.abort();
  await silence;
  expect(turns).toBe(1);
});
