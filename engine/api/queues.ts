import type { Handlers } from '../contract/api/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { QueueService } from '../queue/service.ts';
import type { Store } from '../store/database.ts';
import { requireQueue } from '../store/queues.ts';
import { queueRunIds } from '../store/runs.ts';
import { runDtos } from '../views/run.ts';

type QueueMethod = Extract<keyof Handlers, `queue.${string}`>;

export function queueHandlers(store: Store, queues: QueueService): Pick<Handlers, QueueMethod> {
  const { edits, launcher, recovery } = queues;
  return {
    'queue.list': () => queues.list(),
    'queue.get': ({ queueId }) => queues.get(queueId),
    'queue.summary': ({ queueId }) => launcher.summary(queueId),
    'queue.results'({ queueId, limit }) {
      requireQueue(store, queueId);
      return runDtos(store, queueRunIds(store, queueId, limit));
    },

    'queue.create': ({ grid, ...wanted }) => edits.create(grid, wanted),
    'queue.extend': ({ queueId, grid, skipImpossible }) => edits.extend(queueId, grid, skipImpossible),
    'queue.enqueue': ({ queueId }) => edits.enqueue(queueId),
    'queue.retry': ({ queueId }) => edits.retry(queueId),
    'queue.priority': ({ queueId, priority }) => edits.prioritize(queueId, priority),

    'queue.start': ({ queueId }) => queues.start(queueId),
    async 'queue.resume'({ queueId, checkpoint }) {
      if (checkpoint !== undefined) return recovery.resumeFrom(checkpoint);
      if (queueId !== undefined) return launcher.launchSaved(queueId, 'resume');
      throw new EngineError('invalid-input', 'Say which queue to resume: its number, or a checkpoint file.');
    },
    'queue.wait': ({ queueId }) => launcher.outcome(queueId),
    'queue.pause': ({ queueId }) => launcher.request(queueId, 'pause'),
    'queue.cancel': ({ queueId }) => launcher.request(queueId, 'cancel'),

    async 'queue.remove'({ queueId }) {
      await queues.remove(queueId);
      return { queueId };
    },
  };
}
