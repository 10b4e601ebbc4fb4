import type { QueueDto, QueueState, TrainedNameDto, ValidationDto } from '../contract/dto/index.ts';
import { waysText } from '../contract/gate-ways.ts';
import type { JobPartDto, JobStatusDto, JobStatusName } from '../contract/job-status.ts';
import type { QueueService } from '../queue/service.ts';
import { storedSurvival } from '../queue/survival-spec.ts';
import type { AskedTraining } from '../registry/asked.ts';
import { askedOf, jobsOf, resultsOf } from '../schedule/rows.ts';
import { bestSharpeOf } from '../store/completed-runs.ts';
import type { Store } from '../store/database.ts';
import { requireQueue } from '../store/queues.ts';
import type { TrainingRow } from '../store/submissions.ts';
import { survivalModelOf } from '../store/survival.ts';
import { survivalModelDto } from '../views/survival.ts';

/** The state that programs are told for each of the own ones. */
const STATUS: Readonly<Record<QueueState, JobStatusName>> = {
  pending: 'pending',
  running: 'running',
  pausing: 'running',
  paused: 'pending',
  awaiting_confirmation: 'awaiting_confirmation',
  cancelling: 'running',
  completed: 'completed',
  cancelled: 'cancelled',
  failed: 'failed',
  crashed: 'failed',
};

export interface JobStatusDeps {
  readonly store: Store;
  readonly queues: QueueService;
}

export interface JobStatuses {
  ofQueue(queue: QueueDto): JobStatusDto;
  ofTraining(row: TrainingRow): JobStatusDto;
}

type Metrics = JobStatusDto['metrics'];
interface Found {
  readonly model_type: string | null;
  readonly metrics: Metrics;
  readonly parts: JobPartDto[];
  readonly model_version?: string;
}

/** Jobs as programs see them. */
export function createJobStatuses({ store, queues }: JobStatusDeps): JobStatuses {
  function foundBy(queue: QueueDto): Found {
    if (queue.kind === 'walk_forward') return foundInFolds(queues.validations.list(queue.id));
    if (queue.kind === 'search') return foundInSearch(queues, queue.id);
    if (queue.kind === 'survival') return foundInSurvival(store, queue.id);
    const types = queue.grid?.model_types ?? [];
    const best = bestSharpeOf(store, queue.id);
    return {
      model_type: types.length === 1 ? types[0]! : null,
      metrics: best === null ? {} : { [figureName('sharpe')]: best },
      parts: [],
    };
  }

  function ofQueue(queue: QueueDto): JobStatusDto {
    const job = queues.jobOf(queue);
    const { model_version, ...found } = foundBy(queue);
    const counted = (unit: string) => (job.unit === unit ? { of: job.current, total: job.total } : null);
    const [folds, trials] = [counted('folds'), counted('trials')];
    return {
      job_id: String(job.id),
      status: STATUS[job.state],
      detail: job.state,
      message: job.waiting_for ?? queue.message,
      kind: job.kind,
      name: job.name,
      symbols: [...job.symbols],
      timeframes: [...job.timeframes],
      progress_pct: job.progress_pct,
      fold: folds?.of ?? null,
      folds: folds?.total ?? null,
      trial: trials?.of ?? null,
      trials: trials?.total ?? null,
      current: job.current,
      total: job.total,
      unit: job.unit,
      current_model: job.current_model,
      elapsed: job.elapsed,
      remaining: job.remaining,
      ...found,
      model_version: model_version ?? job.model_version,
      error: job.error,
      created_at: job.requested_at,
      started_at: job.started_at,
      completed_at: job.completed_at,
      priority: job.priority,
      peak_memory_bytes: job.peak_memory_bytes,
      disk_bytes: job.disk_bytes,
      owner_pid: job.owner_pid,
      owner_kind: job.owner_kind,
      jobs: [],
    };
  }

  function ofTraining(row: TrainingRow): JobStatusDto {
    const asked = askedOf(row);
    const results = resultsOf(row);
    const made = jobsOf(row);
    const own = queues.list().filter(({ id }) => made.includes(id));
    const last = own.find(({ id }) => id === made.at(-1));
    const now = row.state === 'running' && last !== undefined ? queues.jobOf(last) : undefined;
    const parts = results.map(partOfResult);
    const [only] = parts.length === 1 ? parts : [];
    const memory = own.flatMap(({ memoryBytes }) => memoryBytes ?? []);
    return {
      job_id: row.id,
      // Asked for once more it goes on, as a job that failed may.
      status: row.state === 'interrupted' ? 'failed' : row.state,
      detail: row.state === 'interrupted' ? 'failed' : row.state,
      message: now === undefined ? null : now.waiting_for,
      kind: 'production',
      name: `Production training of ${asked.symbol === undefined ? 'all that is in production' : `${asked.symbol} ${asked.timeframe}`}`,
      symbols: asked.symbol === undefined ? [] : [asked.symbol],
      timeframes: asked.timeframe === undefined ? [] : [asked.timeframe],
      model_type: row.label,
      progress_pct: progressOf(row, asked, made.length, now?.progress_pct ?? 0),
      fold: now?.unit === 'folds' ? now.current : null,
      folds: now?.unit === 'folds' ? now.total : null,
      trial: now?.unit === 'trials' ? now.current : null,
      trials: now?.unit === 'trials' ? now.total : null,
      current: now?.current ?? results.length,
      total: now?.total ?? results.length,
      unit: now?.unit ?? 'names',
      current_model: now?.current_model ?? null,
      elapsed:
        results.length > 0
          ? results.reduce((sum, { seconds }) => sum + seconds, 0)
          : own.reduce((sum, { seconds }) => sum + seconds, 0),
      remaining: row.state === 'completed' ? 0 : null,
      metrics: only?.metrics ?? {},
      parts,
      model_version: only?.model_version ?? null,
      error: row.error,
      created_at: iso(row.created_at),
      started_at: row.started_at === null ? null : iso(row.started_at),
      completed_at: row.finished_at === null ? null : iso(row.finished_at),
      priority: 0,
      peak_memory_bytes: memory.length === 0 ? null : Math.max(...memory),
      disk_bytes: own.reduce((sum, { diskBytes }) => sum + diskBytes, 0),
      owner_pid: now?.owner_pid ?? null,
      owner_kind: now?.owner_kind ?? null,
      jobs: made.map(String),
    };
  }

  return { ofQueue, ofTraining };
}

/** As training servers call it. */
const figureName = (metric: string) => (metric === 'sharpe' ? 'sharpe_ratio' : metric);

const iso = (time: number) => new Date(time).toISOString();

/** Search, training, further validation and gate have a job each; of several names nobody knows how many there will be. */
function progressOf(
  { state }: TrainingRow,
  { optimize, mode, symbol }: AskedTraining,
  made: number,
  ofLast: number,
): number {
  if (state === 'completed') return 100;
  if (made === 0) return 0;
  const jobs = Math.max(made, 2 + (optimize ? 1 : 0) + (mode === 'quick' ? 0 : 1));
  return symbol === undefined ? 0 : Math.min(99, (100 * (made - 1) + ofLast) / jobs);
}

function foundInFolds(validations: readonly ValidationDto[]): Found {
  const parts = validations.map(
    ({ title, symbol, timeframe, average, stitched, verdict, folds }): JobPartDto => ({
      name: title,
      symbol,
      timeframe,
      state: verdict ?? `${folds.filter(({ state }) => state !== 'pending').length} of ${folds.length} folds`,
      metrics: {
        ...Object.fromEntries(
          Object.entries(average).map(([name, figure]) => [figureName(name), figure?.value ?? null]),
        ),
        stitched_sharpe: stitched.sharpe,
        t: stitched.t,
        p: stitched.p,
      },
      model_version: null,
      error: null,
    }),
  );
  const last = validations.findLastIndex(({ folds }) => folds.some(({ state }) => state === 'completed'));
  const types = new Set(validations.map(({ modelType }) => modelType));
  return {
    model_type: types.size === 1 ? [...types][0]! : null,
    metrics: parts[last]?.metrics ?? {},
    parts,
  };
}

/** On the test rows of the model that it trained, once it did. */
function foundInSurvival(store: Store, queueId: number): Found {
  const row = survivalModelOf(store, queueId);
  if (row === undefined) {
    const { options } = storedSurvival(requireQueue(store, queueId));
    return { model_type: options.modelType, metrics: {}, parts: [] };
  }
  const { version, modelType, classes } = survivalModelDto(row, { now: null, was: new Set() });
  return {
    model_type: modelType,
    model_version: version,
    metrics: {
      accuracy: classes.accuracy,
      balanced_accuracy: classes.balancedAccuracy,
      roc_auc: classes.rocAuc,
      brier: classes.brier,
    },
    parts: [],
  };
}

function foundInSearch(queues: QueueService, queueId: number): Found {
  const [search] = queues.searches.list(queueId);
  if (search === undefined) return { model_type: null, metrics: {}, parts: [] };
  const parts = search.studies.map(
    ({ model, configuration, done, total, best, test }): JobPartDto => ({
      name: model,
      symbol: configuration.symbol,
      timeframe: configuration.timeframe,
      state: `${done} of ${total} trials`,
      metrics: {
        [figureName(search.objective)]: best?.value ?? null,
        best_trial: best?.trial ?? null,
        test_sharpe: test?.sharpe ?? null,
      },
      model_version: null,
      error: null,
    }),
  );
  const types = new Set(search.studies.map(({ configuration }) => configuration.modelType));
  return {
    model_type: types.size === 1 ? [...types][0]! : null,
    metrics: parts.length === 1 ? parts[0]!.metrics : {},
    parts,
  };
}

/** With the ways on, in the words of no host. */
function refusalText(report: TrainedNameDto['report']): string | null {
  if (report === null || report.refusal === null) return null;
  return [report.refusal, waysText(report.ways ?? [], null)].join(' ').trim();
}

function partOfResult({ name, status, version, report, error }: TrainedNameDto): JobPartDto {
  const [symbol = '', timeframe = ''] = name.split(' ');
  const criteria = report?.criteria ?? [];
  return {
    name,
    symbol,
    timeframe,
    state: status,
    metrics: {
      ...Object.fromEntries(criteria.map(({ metric, value }) => [figureName(metric), value])),
      ...(report?.validation == null ? {} : { stitched_sharpe: report.validation.stitched.sharpe }),
    },
    model_version: version,
    error: error?.message ?? refusalText(report),
  };
}
