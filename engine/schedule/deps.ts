import type { Actor, HostKind } from '../contract/dto/index.ts';
import type { EventListener } from '../contract/events.ts';
import type { Feed } from '../log/feed.ts';
import type { ProcessTable } from '../queue/owner.ts';
import type { QueueService } from '../queue/service.ts';
import type { Registry } from '../registry/service.ts';
import type { TrainDeps } from '../registry/train.ts';
import type { Store } from '../store/database.ts';

/** The queue as a registry uses it to train. */
export type TrainingQueues = TrainDeps['queues'];

export interface ScheduleDeps {
  readonly store: Store;
  readonly queues: QueueService;
  /** A registry of its own, whose jobs go through another door, and whose end is not that of others. */
  readonly registryOn: (
    queues: TrainingQueues,
    by: Actor,
  ) => Pick<Registry, 'train' | 'assertTrainable' | 'close'>;
  /** A window or server: it stays, and does what is to be done by itself. */
  readonly isHost: boolean;
  readonly hostKind: HostKind;
  readonly processes: ProcessTable;
  readonly feed: Feed;
  readonly emit: EventListener;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}
