import { setTimeout as delay } from 'node:timers/promises';
import { createEngine } from '../../engine/app.ts';

/**
 * A window or server some days later, until what its schedule began is done; with REGIMEN_KILL_AT it kills itself right after that step. It
 * begins to look once its standard input ends, so that two can be let loose at the same moment.
 */
const [workspace = '', days = '0'] = process.argv.slice(2);
for await (const _ of process.stdin);
const engine = createEngine({
  workspace,
  role: 'host',
  threads: 1,
  now: () => Date.now() + Number(days) * 86_400_000,
  onCommitStep(step) {
    if (step === process.env.REGIMEN_KILL_AT) process.kill(process.pid, 'SIGKILL');
  },
});
for (;;) {
  const { runs } = await engine.call('schedule.show', {});
  if (runs.length > 0 && runs.every(({ state }) => state !== 'pending' && state !== 'running')) break;
  await delay(50);
}
await engine.close();
