import { createEngine } from '../app.ts';

/** See `workInProcess`. */
const [workspace = '', wanted = '', kill = '0'] = process.argv.slice(2);
let left = Number(kill);
const engine = createEngine({
  workspace,
  role: 'command',
  threads: 1,
  onCommitStep(step) {
    if (step === wanted && --left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
const queue = (await engine.call('queue.list', {})).find(({ state }) => state !== 'completed');
const queueId = queue!.id;
await engine.call(queue!.state === 'pending' ? 'queue.start' : 'queue.resume', { queueId });
const { state } = await engine.call('queue.wait', { queueId });
await engine.close();
if (state !== 'completed') throw new Error(`Expected a completed job, found it ${state}.`);
