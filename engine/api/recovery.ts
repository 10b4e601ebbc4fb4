import type { Handlers } from '../contract/api/index.ts';
import type { QueueRecovery } from '../queue/recovery.ts';
import type { Store } from '../store/database.ts';
import { queuesInStates } from '../store/queues.ts';
import { recoveryDto } from '../views/queues.ts';

type RecoveryMethod = Extract<keyof Handlers, `recovery.${string}`>;

export function recoveryHandlers(store: Store, recovery: QueueRecovery): Pick<Handlers, RecoveryMethod> {
  return {
    'recovery.list': () => queuesInStates(store, ['crashed']).map((queue) => recoveryDto(store, queue)),
    'recovery.resume': ({ queueId }) => recovery.resume(queueId),
    'recovery.dismiss'({ queueId }) {
      recovery.dismiss(queueId);
      return { queueId };
    },
  };
}
