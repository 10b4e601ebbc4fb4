import type { Handlers } from '../contract/api/index.ts';
import type { QueueRecovery } from '../queue/recovery.ts';
import { ACTIVE_STATES } from '../queue/states.ts';
import type { Store } from '../store/database.ts';
import { queuesInStates } from '../store/queues.ts';
import { recoveryDto } from '../views/queues.ts';

type RecoveryMethod = Extract<keyof Handlers, `recovery.${string}`>;

export function recoveryHandlers(store: Store, recovery: QueueRecovery): Pick<Handlers, RecoveryMethod> {
  return {
    'recovery.list'() {
      const resumed = new Set(recovery.resumedByItself());
      const goingOn = queuesInStates(store, ACTIVE_STATES).filter(({ id }) => resumed.has(id));
      return [
        ...queuesInStates(store, ['crashed']).map((queue) => recoveryDto(store, queue, false)),
        ...goingOn.map((queue) => recoveryDto(store, queue, true)),
      ];
    },
    'recovery.resume': ({ queueId }) => recovery.resume(queueId),
    'recovery.dismiss'({ queueId }) {
      recovery.dismiss(queueId);
      return { queueId };
    },
    'recovery.lost': () => recovery.lost.list(),
    'recovery.restore': ({ checkpoint }) => recovery.lost.restore(checkpoint),
    'recovery.decline': ({ checkpoint }) => recovery.lost.decline(checkpoint),
  };
}
