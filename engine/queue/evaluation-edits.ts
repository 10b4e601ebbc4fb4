import { counted } from '../contract/counted.ts';
import type { EvaluationPreviewDto, JobKind, QueueState, StaleModelsDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { pendingConfigurations } from '../store/evaluated-runs.ts';
import { insertQueue, type NewCell } from '../store/queues.ts';
import type { EditsDeps } from './edits.ts';
import { type StaleModel, surveyEvaluations } from './evaluation-survey.ts';
import { assertJudged, withJudge } from './judge.ts';

/** Jobs that bring figures up to today's rules. */
export interface EvaluationEdits {
  /** Writes nothing. */
  preview(): Promise<EvaluationPreviewDto>;
  /** A job for kept models. @throws EngineError `conflict` where there is nothing to do: `details.preview` says how it is; see also `assertJudged` */
  evaluate(enqueued: boolean): Promise<PlannedJob>;
  /** A job for exactly the configurations whose models are gone. @throws as `evaluate` */
  retrain(enqueued: boolean): Promise<PlannedJob>;
}

interface PlannedJob {
  readonly queueId: number;
  readonly preview: EvaluationPreviewDto;
}

/** Jobs that will still do what they are to do. */
const WAITING: readonly QueueState[] = [
  'pending',
  'running',
  'pausing',
  'paused',
  'awaiting_confirmation',
  'crashed',
];

interface Plan {
  readonly preview: EvaluationPreviewDto;
  /** What no job is to work on yet. */
  readonly left: Readonly<Record<'kept' | 'gone', readonly StaleModel[]>>;
}

export function createEvaluationEdits(deps: EditsDeps): EvaluationEdits {
  const { store, changed, now } = deps;

  async function plan(): Promise<Plan> {
    const config = withJudge(store, deps.config());
    const survey = await surveyEvaluations({ ...deps, config });
    const queuedAs = (kind: JobKind) => pendingConfigurations(store, kind, WAITING);
    const [evaluating, training] = [queuedAs('evaluation'), queuedAs('list')];
    const isLeft = (queued: ReadonlySet<string>) => (model: StaleModel) => !queued.has(model.cell.configHash);
    const left = {
      kept: survey.evaluable.filter(isLeft(evaluating)),
      gone: survey.gone.filter(isLeft(training)),
    };
    return {
      left,
      preview: {
        kept: staleModels(survey.evaluable, left.kept.length),
        deleted: staleModels(survey.gone, left.gone.length),
        otherModels: survey.others,
      },
    };
  }

  function create(
    preview: EvaluationPreviewDto,
    job: { readonly name: string; readonly kind: JobKind; readonly enqueued: boolean },
    models: readonly StaleModel[],
  ): PlannedJob {
    const cells = models.map(({ cell }): NewCell => {
      const { configuration, configHash, runKey } = cell;
      return { configuration, asOf: null, configHash, runKey, state: 'pending', runId: null };
    });
    const markets = cells.map(({ configuration }) => configuration);
    const spec = {
      symbols: [...new Set(markets.map(({ symbol }) => symbol))],
      timeframes: [...new Set(markets.map(({ timeframe }) => timeframe))],
    };
    // A model that was trained and deleted counts as trained where only the rules of selection changed.
    const retrain = job.kind === 'list';
    const queueId = insertQueue(store, { ...job, spec, createdAt: now(), retrain }, cells);
    changed(queueId);
    return { queueId, preview };
  }

  return {
    preview: async () => (await plan()).preview,

    async evaluate(enqueued) {
      assertJudged(withJudge(store, deps.config()));
      const { preview, left } = await plan();
      if (left.kept.length === 0) throw nothing(preview, keptText(preview.kept));
      return create(preview, { name: EVALUATION_NAME, kind: 'evaluation', enqueued }, left.kept);
    },

    async retrain(enqueued) {
      assertJudged(withJudge(store, deps.config()));
      const { preview, left } = await plan();
      if (left.gone.length === 0) throw nothing(preview, deletedText(preview.deleted));
      return create(preview, { name: LIST_NAME, kind: 'list', enqueued }, left.gone);
    },
  };
}

const EVALUATION_NAME = 'Kept models, evaluated again';
const LIST_NAME = 'Deleted models, trained again';

function staleModels(models: readonly StaleModel[], left: number): StaleModelsDto {
  const reasons = [...Map.groupBy(models, ({ reason }) => reason)]
    .map(([reason, { length: count }]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count);
  return { count: models.length, queued: models.length - left, reasons };
}

function nothing(preview: EvaluationPreviewDto, text: string): EngineError {
  return new EngineError('conflict', text, { evaluation: preview });
}

function keptText({ count, queued }: StaleModelsDto): string {
  return queued === 0
    ? "Nothing to evaluate again: every kept model has the figures of today's costs, regimes and rules."
    : `Nothing more to evaluate again: a job of the queue is to evaluate ${count === 1 ? 'the' : 'all'} ${counted(count, 'model')} that ${count === 1 ? 'is' : 'are'} out of date.`;
}

function deletedText({ count, queued }: StaleModelsDto): string {
  return queued === 0
    ? "Nothing to train again: no deleted model would have other figures under today's costs, regimes and rules."
    : `Nothing more to train again: a job of the queue is to train ${count === 1 ? 'the' : 'all'} ${counted(count, 'configuration')}.`;
}
