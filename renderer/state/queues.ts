import { create } from 'zustand';
import type { Configuration } from '../../engine/contract/configuration.ts';
import type { AlertDto, FeedLineDto, QueueDto } from '../../engine/contract/dto/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import type { QueueProgress } from '../../engine/contract/events.ts';
import { call } from './client.ts';
import { toEngineError } from './errors.ts';
import type { EventBatch, TrainingEnded } from './merge-events.ts';
import { isTakenBack, withProgress } from './queue-progress.ts';

/** Lines of the live log that are kept; older ones are in the log file. */
export const FEED_LINES = 2000;

export interface FeedEntry extends FeedLineDto {
  /** Counts up; tells lines with the same text apart. */
  readonly key: number;
}

export interface QueuesState {
  /** Newest first; undefined until read. */
  readonly queues: readonly QueueDto[] | undefined;
  readonly error: EngineError | undefined;
  /** Counts up with every batch of events that tells of changed queues; an answer asked for before that may be stale. */
  readonly changes: number;
  readonly progress: ReadonlyMap<number, QueueProgress>;
  /** What each busy thread trains, per running queue. */
  readonly threads: ReadonlyMap<number, readonly Configuration[]>;
  /** Names of queues that went on by themselves after a crash. */
  readonly resumed: ReadonlyMap<number, string>;
  /** Versions in production that expired, by name and version: what is said of each. */
  readonly expired: ReadonlyMap<string, string>;
  /** What somebody asked to be told of here, by id. */
  readonly alerts: ReadonlyMap<string, AlertDto>;
  /** The same of those that earned less on paper than was promised. */
  readonly stale: ReadonlyMap<string, string>;
  /** Production trainings that came to their end, by id. */
  readonly trained: ReadonlyMap<string, TrainingEnded>;
  /** Oldest first. */
  readonly feed: readonly FeedEntry[];
}

export const EMPTY_QUEUES: QueuesState = {
  queues: undefined,
  error: undefined,
  changes: 0,
  progress: new Map(),
  threads: new Map(),
  resumed: new Map(),
  expired: new Map(),
  stale: new Map(),
  alerts: new Map(),
  trained: new Map(),
  feed: [],
};

export const useQueues = create<QueuesState>()(() => EMPTY_QUEUES);

let nextKey = 1;
const keyed = (line: FeedLineDto): FeedEntry => ({ ...line, key: nextKey++ });

/** Reads queues and feed. Never rejects: a failure is `error` of the store. */
export async function loadQueues(): Promise<void> {
  try {
    for (;;) {
      const { changes } = useQueues.getState();
      const [queues, feed] = await Promise.all([call('queue.list', {}), call('feed.recent', { limit: 500 })]);
      const { changes: since, progress } = useQueues.getState();
      // An answer that an event has overtaken may be the older of the two.
      if (since !== changes) continue;
      const counted = queues.map((queue) => withProgress(queue, progress.get(queue.id)));
      useQueues.setState({ queues: newestFirst(counted), feed: feed.map(keyed), error: undefined });
      return;
    }
  } catch (error) {
    useQueues.setState({ error: toEngineError(error) });
  }
}

/**
 * Shows the queue that a call answers with, without waiting for its event; where events have told of changes since the
 * call was made they count, for the answer may be older. Rejects as the call does.
 */
export async function showAnswer(ask: () => Promise<QueueDto>): Promise<QueueDto> {
  const { changes } = useQueues.getState();
  const answer = await ask();
  useQueues.setState((state) => {
    if (state.changes !== changes) return state;
    const queue = withProgress(answer, state.progress.get(answer.id));
    return { queues: withQueues(state.queues ?? [], new Map([[queue.id, queue]])) };
  });
  return answer;
}

/** The state after a batch of events; parts that did not change keep their identity. */
export function afterEvents(state: QueuesState, batch: EventBatch): QueuesState {
  const busy = (id: number) => {
    const queue = batch.queues.get(id);
    return queue === undefined || (queue !== null && isActive(queue));
  };
  const running = <T>(now: ReadonlyMap<number, T>, news: ReadonlyMap<number, T>): ReadonlyMap<number, T> => {
    const gone = [...now.keys()].some((id) => !busy(id));
    if (news.size === 0 && !gone) return now;
    return new Map([...now, ...news].filter(([id]) => busy(id)));
  };
  return {
    ...state,
    queues: state.queues === undefined ? undefined : queuesAfter(state.queues, batch),
    changes: state.changes + (batch.queues.size === 0 ? 0 : 1),
    progress: running(stillTrue(state.progress, batch), batch.progress),
    threads: running(state.threads, batch.threads),
    resumed: batch.resumed.size === 0 ? state.resumed : new Map([...state.resumed, ...batch.resumed]),
    alerts: batch.alerts.size === 0 ? state.alerts : new Map([...state.alerts, ...batch.alerts]),
    stale: batch.stale.size === 0 ? state.stale : new Map([...state.stale, ...batch.stale]),
    expired: batch.expired.size === 0 ? state.expired : new Map([...state.expired, ...batch.expired]),
    trained: batch.trained.size === 0 ? state.trained : new Map([...state.trained, ...batch.trained]),
    feed: batch.feed.length === 0 ? state.feed : [...state.feed, ...batch.feed.map(keyed)].slice(-FEED_LINES),
  };
}

function queuesAfter(queues: readonly QueueDto[], batch: EventBatch): readonly QueueDto[] {
  const news = new Map(batch.queues);
  for (const queue of queues) {
    if (news.has(queue.id)) continue;
    const counted = withProgress(queue, batch.progress.get(queue.id));
    if (counted !== queue) news.set(queue.id, counted);
  }
  return news.size === 0 ? queues : withQueues(queues, news);
}

/** Progress without that of queues which have gone back behind it. */
function stillTrue(
  progress: QueuesState['progress'],
  { queues }: Pick<EventBatch, 'queues'>,
): QueuesState['progress'] {
  const isOld = ([id, known]: readonly [number, QueueProgress]) => {
    const queue = queues.get(id);
    return queue != null && isTakenBack(known, queue);
  };
  return [...progress].some(isOld) ? new Map([...progress].filter((entry) => !isOld(entry))) : progress;
}

/** Training, or about to stop: its threads are at work. */
export function isActive(queue: Pick<QueueDto, 'state'>): boolean {
  return queue.state === 'running' || queue.state === 'pausing' || queue.state === 'cancelling';
}

function withQueues(
  queues: readonly QueueDto[],
  news: ReadonlyMap<number, QueueDto | null>,
): readonly QueueDto[] {
  const kept = queues.filter((queue) => !news.has(queue.id));
  const added = [...news.values()].filter((queue) => queue !== null);
  return newestFirst([...kept, ...added]);
}

function newestFirst(queues: readonly QueueDto[]): readonly QueueDto[] {
  return [...queues].sort((a, b) => b.id - a.id);
}
