import { create } from 'zustand';
import type { FeedLineDto, QueueDto } from '../../engine/contract/dto/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import type { QueueProgress } from '../../engine/contract/events.ts';
import { call } from './client.ts';
import { toEngineError } from './errors.ts';
import type { EventBatch } from './merge-events.ts';

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
  readonly progress: ReadonlyMap<number, QueueProgress>;
  /** What each busy thread trains, per running queue. */
  readonly threads: ReadonlyMap<number, readonly string[]>;
  /** Oldest first. */
  readonly feed: readonly FeedEntry[];
}

export const EMPTY_QUEUES: QueuesState = {
  queues: undefined,
  error: undefined,
  progress: new Map(),
  threads: new Map(),
  feed: [],
};

export const useQueues = create<QueuesState>()(() => EMPTY_QUEUES);

let nextKey = 1;
const keyed = (line: FeedLineDto): FeedEntry => ({ ...line, key: nextKey++ });

/** Reads queues and feed. Never rejects: a failure is `error` of the store. */
export async function loadQueues(): Promise<void> {
  try {
    const [queues, feed] = await Promise.all([call('queue.list', {}), call('feed.recent', { limit: 500 })]);
    useQueues.setState({ queues: newestFirst(queues), feed: feed.map(keyed), error: undefined });
  } catch (error) {
    useQueues.setState({ error: toEngineError(error) });
  }
}

const REFRESH_MS = 500;
const refreshing = new Set<number>();

/**
 * Reads the counts of queues that have made progress, each at most twice a second: progress events come in thousands
 * and count their own pass only.
 */
export function refreshQueues(queueIds: Iterable<number>): void {
  for (const queueId of queueIds) {
    if (refreshing.has(queueId)) continue;
    refreshing.add(queueId);
    setTimeout(() => void refreshQueue(queueId), REFRESH_MS);
  }
}

async function refreshQueue(queueId: number): Promise<void> {
  refreshing.delete(queueId);
  const known = () => useQueues.getState().queues?.find((queue) => queue.id === queueId);
  const before = known();
  try {
    const queue = await call('queue.get', { queueId });
    // Whatever an event has told meanwhile is newer than this answer.
    if (before !== undefined && known() === before) putQueue(queue);
  } catch {
    // Removed, or out of reach: the list learns of either by itself.
  }
}

/** Puts a queue that a call returned into the list without waiting for its event. */
export function putQueue(queue: QueueDto): void {
  useQueues.setState((state) => ({ queues: withQueues(state.queues ?? [], new Map([[queue.id, queue]])) }));
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
    queues:
      batch.queues.size === 0 || state.queues === undefined
        ? state.queues
        : withQueues(state.queues, batch.queues),
    progress: running(state.progress, batch.progress),
    threads: running(state.threads, batch.threads),
    feed: batch.feed.length === 0 ? state.feed : [...state.feed, ...batch.feed.map(keyed)].slice(-FEED_LINES),
  };
}

/** Training, or about to stop: its threads are at work. */
export function isActive(queue: QueueDto): boolean {
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
