import type { QueueDto } from '../../engine/contract/dto/index.ts';
import type { EngineEvent } from '../../engine/contract/events.ts';
import { trainingEndTitle } from '../../engine/contract/training-end.ts';
import type { TrainingStatus } from './training-status.ts';

export interface Notice {
  readonly title: string;
  readonly body: string;
}

/** A night's grid may find hundreds of champions; the desktop hears of them this often at most. */
export const CHAMPION_PAUSE_MS = 10 * 60 * 1000;

function doneText(kind: QueueDto['kind'], completed: number, kept: number): string {
  // It keeps no models: what it came to is a verdict.
  if (kind === 'walk_forward') return `${completed} ${completed === 1 ? 'fold' : 'folds'} computed`;
  if (kind === 'survival') return `${completed} ${completed === 1 ? 'trial' : 'trials'} tried`;
  return `${completed} ${kind === 'evaluation' ? 'evaluated again' : 'trained'}, ${kept} kept now`;
}

/**
 * Decides which events are worth interrupting someone for: the end of a queue, its first failed configuration, and new
 * champions now and then. `status` is what was known before the event.
 */
export function createNotices(now: () => number) {
  const crownedSeen = new Map<number, number>();
  const failureTold = new Set<number>();
  let championAt = Number.NEGATIVE_INFINITY;

  return (event: EngineEvent, status: TrainingStatus): Notice | undefined => {
    if (event.type === 'queue.changed') {
      const { id, name, kind, state, completed, failed, crowned, kept, message } = event.queue;
      const before = status.queues.get(id)?.state;
      if (before === undefined || before === state) return undefined;
      if (state === 'running') {
        crownedSeen.set(id, crowned);
        failureTold.delete(id);
      }
      if (state === 'completed') {
        const failures = failed === 0 ? '' : `, ${failed} failed`;
        return {
          title: `${name} is complete`,
          body: `${doneText(kind, completed, kept)}${failures}.`,
        };
      }
      if (state === 'awaiting_confirmation') {
        return { title: `${name} asks whether to go on`, body: message ?? 'Open Regimen to answer.' };
      }
      if (state === 'failed' || state === 'crashed') {
        return { title: `${name} stopped`, body: message ?? 'Open Regimen to see why.' };
      }
      return undefined;
    }
    if (event.type === 'queue.resumed') {
      return {
        title: `${event.name} goes on`,
        body: 'It was interrupted by a crash; nothing that was done is lost.',
      };
    }
    if (event.type === 'version.expired') {
      return { title: `${event.name} expired`, body: event.message };
    }
    if (event.type === 'alert') return { title: event.alert.title, body: event.alert.text };
    if (event.type === 'version.stale') {
      return { title: `${event.name} is stale`, body: event.message };
    }
    if (event.type === 'training.ended') {
      return { title: trainingEndTitle(event), body: event.message };
    }
    if (event.type !== 'queue.progress') return undefined;
    const { queueId, progress } = event;
    if (progress.failedNow && !failureTold.has(queueId)) {
      failureTold.add(queueId);
      return {
        title:
          status.queues.get(queueId)?.kind === 'walk_forward' ? 'A fold failed' : 'A configuration failed',
        body: `${progress.description}: ${progress.outcome}`,
      };
    }
    const isNew = progress.crowned > (crownedSeen.get(queueId) ?? 0);
    crownedSeen.set(queueId, progress.crowned);
    if (!isNew || now() - championAt < CHAMPION_PAUSE_MS) return undefined;
    championAt = now();
    return { title: 'New champion', body: `${progress.description}: ${progress.outcome}` };
  };
}
