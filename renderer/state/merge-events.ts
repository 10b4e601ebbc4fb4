import type { Configuration } from '../../engine/contract/configuration.ts';
import type { AlertDto, FeedLineDto, QueueDto } from '../../engine/contract/dto/index.ts';
import type { EngineEvent, QueueProgress } from '../../engine/contract/events.ts';
import { isTakenBack, withProgress } from './queue-progress.ts';

export type TrainingEnded = Extract<EngineEvent, { readonly type: 'training.ended' }>;

/** What happened since the last look, newest state only: the renderer draws four times a second, however many came. */
export interface EventBatch {
  /** Latest of each queue that changed, counts included; null where it was removed. */
  readonly queues: ReadonlyMap<number, QueueDto | null>;
  readonly progress: ReadonlyMap<number, QueueProgress>;
  readonly threads: ReadonlyMap<number, readonly Configuration[]>;
  /** Names of queues that went on by themselves after a crash. */
  readonly resumed: ReadonlyMap<number, string>;
  /** Of versions in production that expired, by name and version: what is said of each. */
  readonly expired: ReadonlyMap<string, string>;
  /** What somebody asked to be told of here, by id. */
  readonly alerts: ReadonlyMap<string, AlertDto>;
  /** The same of those that earned less on paper than was promised. */
  readonly stale: ReadonlyMap<string, string>;
  /** Production trainings that came to their end, by id. */
  readonly trained: ReadonlyMap<string, TrainingEnded>;
  /** Oldest first. */
  readonly feed: readonly FeedLineDto[];
  /** Share read of each file that is being imported. */
  readonly imports: ReadonlyMap<string, number>;
  readonly changed: ReadonlySet<Extract<EngineEvent, { readonly type: 'workspace.changed' }>['what']>;
}

/** Folds events into one batch: of what repeats only the last counts, feed lines are all kept. */
export function mergeEvents(events: readonly EngineEvent[]): EventBatch {
  const queues = new Map<number, QueueDto | null>();
  const progress = new Map<number, QueueProgress>();
  const threads = new Map<number, readonly Configuration[]>();
  const resumed = new Map<number, string>();
  const expired = new Map<string, string>();
  const stale = new Map<string, string>();
  const alerts = new Map<string, AlertDto>();
  const trained = new Map<string, TrainingEnded>();
  const feed: FeedLineDto[] = [];
  const imports = new Map<string, number>();
  const changed = new Set<Extract<EngineEvent, { readonly type: 'workspace.changed' }>['what']>();
  for (const event of events) {
    switch (event.type) {
      case 'queue.changed':
        queues.set(event.queue.id, event.queue);
        if (isTakenBack(progress.get(event.queue.id), event.queue)) progress.delete(event.queue.id);
        break;
      case 'queue.removed':
        queues.set(event.queueId, null);
        break;
      case 'queue.progress': {
        progress.set(event.queueId, event.progress);
        const changed = queues.get(event.queueId);
        if (changed != null) queues.set(event.queueId, withProgress(changed, event.progress));
        break;
      }
      case 'queue.threads':
        threads.set(event.queueId, event.training);
        break;
      case 'queue.resumed':
        resumed.set(event.queueId, event.name);
        break;
      case 'version.expired':
        expired.set(`${event.name} ${event.version}`, event.message);
        changed.add('registry');
        break;
      case 'version.stale':
        stale.set(`${event.name} ${event.version}`, event.message);
        changed.add('forward');
        break;
      case 'alert':
        alerts.set(event.alert.id, event.alert);
        changed.add('alerts');
        break;
      case 'training.ended':
        trained.set(event.id, event);
        break;
      case 'feed':
        feed.push(event.line);
        break;
      case 'market.import':
        imports.set(event.file, event.share);
        break;
      case 'market.watched':
        changed.add('watched');
        break;
      case 'workspace.changed':
        changed.add(event.what);
        break;
    }
  }
  return { queues, progress, threads, resumed, expired, stale, alerts, trained, feed, imports, changed };
}
