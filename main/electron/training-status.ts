import type { QueueDto } from '../../engine/contract/dto/index.ts';
import type { EngineEvent } from '../../engine/contract/events.ts';

/** What menu, tray, task bar and power save blocker need to know of all queues. */
export interface TrainingStatus {
  readonly queues: ReadonlyMap<number, QueueDto>;
}

export function initialStatus(queues: readonly QueueDto[]): TrainingStatus {
  return { queues: new Map(queues.map((queue) => [queue.id, queue])) };
}

/** The status after an event; the same object when the event changes nothing. */
export function nextStatus(status: TrainingStatus, event: EngineEvent): TrainingStatus {
  if (event.type === 'queue.changed') {
    return { queues: new Map(status.queues).set(event.queue.id, event.queue) };
  }
  if (event.type === 'queue.removed' && status.queues.has(event.queueId)) {
    const queues = new Map(status.queues);
    queues.delete(event.queueId);
    return { queues };
  }
  if (event.type === 'queue.progress') {
    const queue = status.queues.get(event.queueId);
    const { done, toTrain } = event.progress;
    if (queue === undefined || toTrain === 0) return status;
    return { queues: new Map(status.queues).set(queue.id, { ...queue, progress: done / toTrain }) };
  }
  return status;
}

const ACTIVE: ReadonlySet<QueueDto['state']> = new Set(['running', 'pausing', 'cancelling']);

/** The queue that is trained now. */
export function activeQueue({ queues }: TrainingStatus): QueueDto | undefined {
  return [...queues.values()].find((queue) => ACTIVE.has(queue.state));
}

export interface MenuState {
  readonly start: boolean;
  readonly pause: boolean;
  readonly resume: boolean;
}

/** Which training commands make sense now. */
export function menuState(status: TrainingStatus): MenuState {
  const states = new Set([...status.queues.values()].map((queue) => queue.state));
  const active = activeQueue(status) !== undefined;
  return {
    start: !active && states.has('pending'),
    pause: states.has('running'),
    resume: !active && (states.has('paused') || states.has('crashed')),
  };
}

/** `Regimen: night grid, 38 %` while training, else the name alone. */
export function trayText(status: TrainingStatus): string {
  const queue = activeQueue(status);
  return queue === undefined ? 'Regimen' : `Regimen: ${queue.name}, ${Math.floor(queue.progress * 100)} %`;
}
