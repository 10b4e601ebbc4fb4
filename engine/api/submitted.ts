import type { Handlers, Input } from '../contract/api/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { JobRequest, ProductionRequest, WalkForwardRequest } from '../contract/job-request.ts';
import type { JobStatusDto, SubmittedJobDto } from '../contract/job-status.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { ValidationSubject } from '../contract/validation.ts';
import { digestOf } from '../identity/digest.ts';
import type { QueueService } from '../queue/service.ts';
import type { PreparedSurvival } from '../queue/survival-edits.ts';
import type { AskedTraining } from '../registry/asked.ts';
import type { Trainings } from '../schedule/trainings.ts';
import type { Store } from '../store/database.ts';
import { findSubmission, forgetSubmissions, insertSubmission } from '../store/submissions.ts';
import { createJobStatuses } from './job-status.ts';
import { writtenJob } from './written-job.ts';

type SubmittedMethod =
  | 'jobs.submit'
  | 'jobs.write'
  | 'jobs.status'
  | 'jobs.statuses'
  | 'jobs.cancel'
  | 'jobs.confirm';

export interface SubmittedDeps {
  readonly store: Store;
  readonly queues: QueueService;
  readonly trainings: Trainings;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

interface Prepared {
  readonly survival?: PreparedSurvival;
}

/** A key is remembered this long. */
const KEY_MS = 30 * 86_400_000;

export function submittedHandlers(deps: SubmittedDeps): Pick<Handlers, SubmittedMethod> {
  const { store, queues, trainings, now } = deps;
  const statuses = createJobStatuses(deps);

  const queueIdOf = (jobId: string) => (/^[1-9]\d{0,14}$/.test(jobId) ? Number(jobId) : undefined);

  /** @throws EngineError `not-found` */
  function status(jobId: string): JobStatusDto {
    const queueId = queueIdOf(jobId);
    if (queueId !== undefined) return statuses.ofQueue(queues.get(queueId));
    const row = trainings.find(jobId);
    if (row !== undefined) return statuses.ofTraining(row);
    throw new EngineError(
      'not-found',
      `There is no job ${JSON.stringify(jobId)} in this workspace: a job is named by its number, or by the id that the answer to its request has.`,
    );
  }

  /** What has to be looked up before it can be asked for in a transaction. */
  async function prepared(request: JobRequest): Promise<Prepared> {
    if (request.kind !== 'survival') return {};
    const { model_type: modelType, min_composite_score: minCompositeScore, n_trials: trials } = request;
    const { patience, seed } = request;
    return {
      survival: await queues.survivals.prepare({ modelType, minCompositeScore, trials, patience, seed }),
    };
  }

  function submit(request: JobRequest, label: string | undefined, { survival }: Prepared): SubmittedJobDto {
    const said = (queueId: number): SubmittedJobDto => {
      const { name, waitingFor } = queues.get(queueId);
      return {
        job_id: String(queueId),
        status: 'pending',
        message: `Job ${queueId} "${name}" is in the Training Queue. ${waitingFor ?? 'It begins when its turn comes.'}`,
      };
    };
    switch (request.kind) {
      case 'grid': {
        const { grid, retrain, skip_impossible: skipImpossible } = request;
        return said(queues.edits.create(grid, { retrain, skipImpossible, enqueue: true }).queueId);
      }
      case 'search':
        return said(queues.searches.create(request.search, true).queueId);
      case 'survival':
        return said(queues.survivals.insert(survival!, true));
      case 'walk_forward':
        return said(queues.validations.create(validationOf(request)).queueId);
      case 'production': {
        const { id } = trainings.create(trainingOf(request), {
          origin: 'request',
          label: label ?? request.model_type,
        });
        return {
          job_id: id,
          status: 'pending',
          message: `Production training ${id} begins when its turn comes.`,
        };
      }
    }
  }

  /** The job and the key that names it are permanent together: whatever happens in between, asking again makes no second one. */
  async function submitOnce({ request, key, label }: Input<'jobs.submit'>) {
    if (key === undefined) return { ...submit(request, label, await prepared(request)), repeated: false };
    const ready = findSubmission(store, key) === undefined ? await prepared(request) : {};
    const digest = digestOf({ request, label: label ?? null });
    return store.transaction(() => {
      forgetSubmissions(store, now() - KEY_MS);
      const before = findSubmission(store, key);
      if (before === undefined) {
        const answer = submit(request, label, ready);
        insertSubmission(store, {
          key,
          request: digest,
          answer: JSON.stringify(answer),
          created_at: now(),
        });
        return { ...answer, repeated: false };
      }
      if (before.request !== digest) {
        throw new EngineError(
          'conflict',
          'Another job was asked for under the same key. A key is for asking for one job again: take a new one.',
        );
      }
      const answer = storedJson<SubmittedJobDto>(before.answer, `the answer to key ${key}`);
      return { ...answer, repeated: true };
    });
  }

  return {
    'jobs.submit': submitOnce,
    'jobs.write': ({ request, origin }) => writtenJob(request, origin),
    'jobs.status': ({ jobId }) => status(jobId),
    'jobs.statuses': ({ status: wanted }) =>
      [...trainings.list().map(statuses.ofTraining), ...queues.list().map(statuses.ofQueue)].filter(
        (one) => wanted === undefined || one.status === wanted,
      ),
    'jobs.cancel'({ jobId }) {
      const queueId = queueIdOf(jobId);
      if (queueId === undefined) trainings.cancel(status(jobId).job_id);
      else queues.launcher.request(queueId, 'cancel');
      return status(jobId);
    },
    'jobs.confirm'({ jobId, goOn }) {
      const queueId = queueIdOf(jobId);
      if (queueId === undefined) {
        const { job_id: id } = status(jobId);
        throw new EngineError('conflict', `Job ${id} is a production training, which asks nothing.`);
      }
      queues.validations.confirm(queueId, goOn);
      return status(jobId);
    },
  };
}

/** What the method takes for it; see `walkForwardRequest` for the way back. */
export function validationOf({ kind: _kind, ...asked }: WalkForwardRequest): Input<'validation.create'> {
  const { test_period_days, min_train_days, use_expanding_window, folds, name } = asked;
  return {
    subject: subjectOf(asked),
    scheme: asked.training_mode,
    ...(test_period_days !== undefined && { testPeriodDays: test_period_days }),
    ...(min_train_days !== undefined && { minTrainDays: min_train_days }),
    ...(use_expanding_window !== undefined && { expandingWindow: use_expanding_window }),
    ...(folds !== undefined && { folds }),
    ...(name !== undefined && { name }),
    gate: false,
    yes: asked.yes,
    enqueue: true,
  };
}

/** @throws EngineError `invalid-input` unless exactly one thing is named */
function subjectOf(asked: Omit<WalkForwardRequest, 'kind'>): Input<'validation.create'>['subject'] {
  const {
    symbol,
    symbols,
    timeframe,
    model_type: modelType,
    hyperparameters,
    run,
    champion,
    champions,
    grid,
  } = asked;
  const named = { symbol, symbols, run, champion, champions, grid };
  const [only, ...more] = Object.entries(named).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  if (only === undefined || more.length > 0) {
    throw new EngineError(
      'invalid-input',
      `What is validated is named by one of symbol, symbols, run, champion, champions or grid, found ${only === undefined ? 'none' : [only, ...more].join(' and ')}.`,
    );
  }
  const isMarket = symbol !== undefined || symbols !== undefined;
  if (isMarket && timeframe === undefined) {
    throw new EngineError('invalid-input', 'A market is a symbol and a timeframe: timeframe is missing.');
  }
  if (!isMarket && (timeframe ?? modelType ?? hyperparameters) !== undefined) {
    throw new EngineError(
      'invalid-input',
      `timeframe, model_type and hyperparameters belong to a symbol: a ${only} has its own.`,
    );
  }
  const market = { timeframe: timeframe!, modelType, hyperparameters };
  const subjects: Readonly<Record<string, ValidationSubject>> = {
    symbol: { symbol: symbol!, ...market },
    symbols: { symbols: symbols!, ...market },
    run: { runId: run! },
    champion: { champion: champion! },
    champions: { champions: champions! },
    grid: { grid: grid! },
  };
  return subjects[only] as Input<'validation.create'>['subject'];
}

export function trainingOf(request: ProductionRequest): AskedTraining {
  const { symbol, timeframe, regime } = request;
  return {
    symbol,
    timeframe,
    regime: regime.toLowerCase() === 'all' ? null : regime.toLowerCase(),
    modelType: request.model_type,
    target: request.target,
    horizon: request.horizon,
    optimize: request.hyperparameter_search,
    trials: request.n_trials,
    period: request.period,
    mode: request.training_mode,
    dryRun: request.dry_run,
    reason: request.reason,
    preset: request.preset,
    minAccuracy: request.min_accuracy,
    minPrecision: request.min_precision,
    minRecall: request.min_recall,
    minF1: request.min_f1,
    minVerdict: request.min_verdict,
    skipValidation: request.skip_validation,
    force: request.force,
  };
}
