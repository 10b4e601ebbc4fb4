import type { Queue } from 'bullmq';
import { withoutPatience } from '../patience.ts';
import type { Connection } from './connection.ts';
import { type Kin, PREFIX, queueOf } from './protocol.ts';

/** The queue that a host puts its tasks on. */
export interface HostQueue {
  /** Resolves once Redis can be used. */
  get(): Promise<Queue>;
  close(): Promise<void>;
}

/** Opened when it is first needed, and anew where Redis could not be used at that moment: BullMQ itself never tries a second time. */
export function createHostQueue({ redis, usable }: Connection, kin: Kin): HostQueue {
  let opened: Promise<Queue> | undefined;

  async function open(): Promise<Queue> {
    await usable;
    const { Queue } = await withoutPatience(() => import('bullmq'));
    const queue: Queue = new Queue(queueOf(kin), {
      connection: redis,
      prefix: PREFIX,
      // See connection.ts.
      skipVersionCheck: true,
      // Nobody reads BullMQ's own stream of events here.
      streams: { events: { maxLen: 100 } },
      defaultJobOptions: { removeOnComplete: true, removeOnFail: { age: 600, count: 1000 }, attempts: 1 },
    });
    queue.on('error', () => undefined);
    await queue.waitUntilReady();
    return queue;
  }

  return {
    get() {
      opened ??= open().catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
    async close() {
      await (await opened)?.close();
    },
  };
}
