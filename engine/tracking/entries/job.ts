import type { QueueDto, QueueState } from '../../contract/dto/index.ts';
import { type Entry, metricsOf, textsOf } from '../entry.ts';

/** The number of a removed job may be given again, with another time. */
export const jobKey = (id: number, createdAt: number) => `job/${id}@${createdAt}`;

const STATUS: Readonly<Record<QueueState, Entry['status']>> = {
  pending: 'SCHEDULED',
  running: 'RUNNING',
  pausing: 'RUNNING',
  paused: 'RUNNING',
  awaiting_confirmation: 'RUNNING',
  cancelling: 'RUNNING',
  crashed: 'RUNNING',
  completed: 'FINISHED',
  cancelled: 'KILLED',
  failed: 'FAILED',
};

/** A job of the Training Queue, which all that it makes belongs to. `version`: see `Entry`. */
export function jobEntry(queue: QueueDto, version: string, spec: string): Entry {
  const { id, name, kind, state, symbols, timeframes } = queue;
  return {
    key: jobKey(id, Date.parse(queue.createdAt)),
    version,
    name: `${id} ${name}`,
    parent: null,
    status: STATUS[state],
    startedAt: Date.parse(queue.startedAt ?? queue.createdAt),
    endedAt: queue.finishedAt === null ? null : Date.parse(queue.finishedAt),
    tags: textsOf({
      'regimen.kind': 'job',
      'regimen.job': id,
      'regimen.state': state,
      'mlflow.note.content': queue.message ?? '',
    }),
    // A job can be extended, and what was sent as a parameter can't be changed.
    params: textsOf({ job_kind: kind }),
    metrics: metricsOf({
      n_symbols: symbols.length,
      n_timeframes: timeframes.length,
      total: queue.totalConfigs,
      completed: queue.completed,
      failed: queue.failed,
      skipped: queue.skipped,
      crowned: queue.crowned,
      kept: queue.kept,
      deleted: queue.deleted,
      seconds: queue.seconds,
    }),
    files: [{ path: 'job.json', bytes: () => Buffer.from(spec, 'utf8') }],
  };
}
