import type { Handlers } from '../contract/api/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { QueueService } from '../queue/service.ts';
import type { Store } from '../store/database.ts';
import { allQueues, queuesInStates, requireQueue } from '../store/queues.ts';
import { queueRunIds } from '../store/runs.ts';
import { queueDto, queueSummary } from '../views/queues.ts';
import { runDtos } from '../views/run.ts';

type QueueMethod = Extract<keyof Handlers, `queue.${string}`>;

export function queueHandlers(store: Store, queues: QueueService): Pick<Handlers, QueueMethod> {
  const { edits, launcher, recovery } = queues;
  return {
    'queue.list': () => allQueues(store).map((queue) => queueDto(store, queue)),
    'queue.get': ({ queueId }) => queueDto(store, requireQueue(store, queueId)),
    'queue.summary': ({ queueId }) => queueSummary(store, requireQueue(store, queueId)),
    'queue.results'({ queueId, limit }) {
      requireQueue(store, queueId);
      return runDtos(store, queueRunIds(store, queueId, limit));
    },

    'queue.create': ({ grid, retrain }) => edits.create(grid, retrain),
    'queue.extend': ({ queueId, grid }) => edits.extend(queueId, grid),
    'queue.retry': ({ queueId }) => edits.retry(queueId),
    'queue.priority': ({ queueId, priority }) => edits.prioritize(queueId, priority),

    async 'queue.start'({ queueId }) {
      const wanted = queueId ?? queuesInStates(store, ['pending'])[0]?.id;
      if (wanted === undefined) throw new EngineError('conflict', 'There is no pending queue to start.');
      return launcher.launchSaved(wanted, 'start');
    },
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
