import type { QueueService } from '../queue/service.ts';
import { isActive } from '../queue/states.ts';

/**
 * Starts a job that was just made. One that a window or server, which works its queue off, has begun in the meantime is what was asked
 * for; one that can't be started is removed, since asking again makes another.
 */
export async function beginJob(
  queues: Pick<QueueService, 'start' | 'remove' | 'get'>,
  queueId: number,
): Promise<void> {
  try {
    await queues.start(queueId);
  } catch (error) {
    const { state } = queues.get(queueId);
    if (isActive(state) || state === 'completed') return;
    await queues.remove(queueId);
    throw error;
  }
}
