import type { WorkerDto, WorkersDto } from '../../../engine/contract/dto/index.ts';
import { integer, table } from './format.ts';

export function workersText({ redis, problem, workers }: WorkersDto): string {
  if (redis === null) {
    return 'Training stays on threads of this process: queue.workers is local. Set it, or REGIMEN_REDIS, to the address of a Redis to train on other machines.';
  }
  if (problem !== null) return problem;
  if (workers.length === 0) {
    return `No worker is connected to ${redis}. Start one: regimen worker --redis ${redis}`;
  }
  const rows = workers.map((worker) => [
    worker.name,
    worker.state,
    integer(worker.threads),
    integer(worker.busy),
    integer(worker.done),
    worker.perSecond.toFixed(1),
    `${Math.round(worker.seenSeconds)} s ago`,
    worker.host,
    integer(worker.pipeline),
  ]);
  const head = ['worker', 'state', 'threads', 'busy', 'done', 'per second', 'seen', 'machine', 'pipeline'];
  const reasons = workers.flatMap(({ name, reason }) => (reason === null ? [] : [`${name}: ${reason}`]));
  return [`Workers at ${redis}`, table(head, rows), ...reasons].join('\n');
}

export function workerText({ name, state, busy }: WorkerDto): string {
  const hand =
    busy === 1
      ? 'the configuration that it has in training'
      : `the ${busy} configurations that it has in training`;
  if (state === 'running') return `${name} goes on.`;
  const first = busy === 0 ? '' : ` It finishes ${hand} first.`;
  return state === 'paused'
    ? `${name} pauses within seconds.${first}`
    : `${name} ends within seconds.${first}`;
}
