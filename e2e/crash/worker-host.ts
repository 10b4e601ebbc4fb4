import { startRemoteWorker } from '../../engine/workers/remote/worker.ts';
import type { WorkerOrder } from './worker-process.ts';

/** A worker, for tests to kill: one thread. It prints each line that it says as JSON. */
const { redis, ...order } = JSON.parse(process.argv[2]!) as WorkerOrder;
const worker = await startRemoteWorker({
  ...order,
  url: redis,
  key: undefined,
  threads: 1,
  say: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
});
await worker.ended;
