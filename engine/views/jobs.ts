import type { JobDto, JobKind, MarksDto, QueueDto } from '../contract/dto/index.ts';

/** How a job that is worked on goes at the moment; see JobDto. */
export interface PresentJob {
  readonly seconds: number;
  readonly remainingSeconds: number | null;
  readonly currentModel: string | null;
}

/** What jobs of other kinds than models are counted in. */
const UNITS: Readonly<Partial<Record<JobKind, string>>> = {
  walk_forward: 'folds',
  search: 'trials',
  survival: 'trials',
};

/** `present`: of a job that is worked on. */
export function jobDto(queue: QueueDto, present: PresentJob | undefined, marks: MarksDto): JobDto {
  const { completed, failed, skipped, impossible, crowned, pushedOut, kept, deleted } = queue;
  const total = queue.totalConfigs - skipped;
  const done = completed + failed;
  return {
    id: queue.id,
    kind: queue.kind,
    name: queue.name,
    symbols: queue.symbols,
    timeframes: queue.timeframes,
    state: queue.state,
    progress_pct: queue.progress * 100,
    current: present !== undefined ? Math.min(done + 1, total) : done,
    total,
    unit: UNITS[queue.kind] ?? 'models',
    current_model: present?.currentModel ?? null,
    best_score_long: null,
    best_score_short: null,
    accuracy: null,
    hit_rate_tp1: null,
    avg_roc_auc: null,
    elapsed: present?.seconds ?? queue.seconds,
    remaining: queue.state === 'completed' ? 0 : (present?.remainingSeconds ?? null),
    model_version: null,
    error: queue.state === 'failed' || queue.state === 'crashed' ? queue.message : null,
    requested_at: queue.createdAt,
    started_at: queue.startedAt,
    completed_at: queue.finishedAt,
    priority: queue.priority,
    waiting_for: queue.waitingFor ?? (queue.state === 'awaiting_confirmation' ? queue.message : null),
    completed,
    failed,
    skipped,
    impossible,
    crowned,
    pushed_out: pushedOut,
    kept,
    deleted,
    peak_memory_bytes: queue.memoryBytes,
    disk_bytes: queue.diskBytes,
    owner_pid: queue.owner?.pid ?? null,
    owner_host: queue.owner?.host ?? null,
    owner_kind: queue.owner?.kind ?? null,
    owner_since: queue.owner?.since ?? null,
    favorite: marks.favorite,
    tags: marks.tags,
    note: marks.note === '' ? null : marks.note,
  };
}
