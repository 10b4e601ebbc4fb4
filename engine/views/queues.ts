import { configurationOf } from '../cells/columns.ts';
import { describeConfiguration } from '../cells/describe.ts';
import type { QueueDto, QueueSummaryDto, RecoveryDto } from '../contract/dto/index.ts';
import type { ErrorDto } from '../contract/errors.ts';
import type { GridSpec } from '../contract/grid.ts';
import type { Reader } from '../store/database.ts';
import { countCells, firstPending, type QueueRow } from '../store/queues.ts';
import { failedRuns, strategiesTestedIn } from '../store/runs.ts';
import { championDtos } from './champions.ts';

export function queueDto(store: Reader, queue: QueueRow): QueueDto {
  const { skipped, completed, failed, pending } = countCells(store, queue.id);
  const toTrain = queue.total - skipped;
  return {
    id: queue.id,
    name: queue.name,
    state: queue.state,
    message: queue.message,
    priority: queue.priority,
    grid: JSON.parse(queue.spec) as GridSpec,
    totalConfigs: queue.total,
    skipped,
    completed,
    failed,
    pending,
    kept: queue.kept,
    deleted: queue.deleted,
    currentIndex: firstPending(store, queue.id),
    progress: toTrain === 0 ? 1 : (toTrain - pending) / toTrain,
    createdAt: iso(queue.created_at),
    startedAt: queue.started_at === null ? null : iso(queue.started_at),
    finishedAt: queue.finished_at === null ? null : iso(queue.finished_at),
    seconds: queue.seconds,
  };
}

/** What a queue has come to so far. */
export function queueSummary(store: Reader, queue: QueueRow): QueueSummaryDto {
  const counts = countCells(store, queue.id);
  return {
    queueId: queue.id,
    name: queue.name,
    state: queue.state,
    totalConfigs: queue.total,
    alreadyTrained: counts.skipped,
    completed: counts.completed,
    failed: counts.failed,
    kept: queue.kept,
    deleted: queue.deleted,
    strategiesTested: strategiesTestedIn(store, queue.id),
    seconds: queue.seconds,
    champions: championDtos(store),
    failures: failedRuns(store, queue.id).map((row) => ({
      configuration: describeConfiguration(configurationOf(row)),
      error: (JSON.parse(row.error) as ErrorDto).message,
    })),
  };
}

/** What to offer for a queue that a crash stopped. */
export function recoveryDto(store: Reader, queue: QueueRow): RecoveryDto {
  const { progress, pending } = queueDto(store, queue);
  return {
    queueId: queue.id,
    name: queue.name,
    progress,
    remaining: pending,
    crashedAt: queue.heartbeat_at === null ? null : iso(queue.heartbeat_at),
    recommendation: recommendation(progress),
  };
}

export function recommendation(progress: number): string {
  if (progress < 0.1) return 'Consider restarting from scratch';
  return progress <= 0.5 ? 'Resume to save partial progress' : 'Resume to complete remaining work';
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
