import type { QueueState } from '../../engine/contract/dto/index.ts';
import type { EngineEvent } from '../../engine/contract/events.ts';

export interface PresentState {
  /** To be told of every event. */
  note(event: EngineEvent): void;
  /** What whoever begins to listen now has missed and can't ask for. */
  events(): readonly EngineEvent[];
}

const ACTIVE: ReadonlySet<QueueState> = new Set(['running', 'pausing', 'cancelling']);

/**
 * Remembers how far each queue in training is and what its threads do: the engine tells these when they change, and a
 * page that opens or is loaded again in the middle of an hour's training would show neither until then.
 */
export function createPresentState(): PresentState {
  const latest = new Map<number, Map<EngineEvent['type'], EngineEvent>>();
  return {
    note(event) {
      if (event.type === 'queue.threads' || event.type === 'queue.progress') {
        const known = latest.get(event.queueId);
        if (known === undefined) latest.set(event.queueId, new Map([[event.type, event]]));
        else known.set(event.type, event);
      } else if (event.type === 'queue.removed') {
        latest.delete(event.queueId);
      } else if (event.type === 'queue.changed' && !ACTIVE.has(event.queue.state)) {
        latest.delete(event.queue.id);
      }
    },
    events: () => [...latest.values()].flatMap((known) => [...known.values()]),
  };
}
