import { configurationOf } from '../cells/columns.ts';
import { describeConfiguration } from '../cells/describe.ts';
import { AXIS_LIST } from '../contract/configuration.ts';
import type { QueueDto, QueueSummaryDto, RecoveryDto } from '../contract/dto/index.ts';
import type { ErrorDto } from '../contract/errors.ts';
import type { GridSpec } from '../contract/grid.ts';
import { storedJson } from '../contract/stored-json.ts';
import { cellFigures } from '../store/cell-figures.ts';
import type { Reader, Store } from '../store/database.ts';
import { type KeptOfQueue, keptModelBytes, keptModelsOf, keptOfQueues } from '../store/kept-models.ts';
import { countImpossible, type QueueRow } from '../store/queues.ts';
import { failedRuns, strategiesTestedIn } from '../store/runs.ts';
import { damageText, unsoundOwners } from '../store/soundness.ts';
import { validationBytes } from '../store/validations.ts';
import { datedChampionDtos, type Judge, type Models, type Outdated } from './champions.ts';
import { ownerDto } from './owner.ts';
import { countedCells, decidedModels } from './search-cells.ts';

/** What is asked of all jobs at once where they are listed. */
export interface OfQueues {
  readonly kept: (queueId: number) => KeptOfQueue;
  readonly damaged: ReadonlySet<number>;
}

export function ofQueues(store: Reader, queues: readonly QueueRow[]): OfQueues {
  const ids = queues.map(({ id }) => id);
  return { kept: keptOfQueues(store), damaged: unsoundOwners(store, 'queues', ids) };
}

/** `waitingFor`: see QueueDto. */
export function queueDto(
  store: Reader,
  queue: QueueRow,
  waitingFor: string | null,
  { kept: keptOf, damaged } = ofQueue(store, queue),
): QueueDto {
  const cells = countedCells(store, queue);
  const { impossible, firstPending: next } = cellFigures(store, queue.id);
  const { reigning, kept, bytes } = keptOf(queue.id);
  const { all, total } = cells;
  const { skipped, completed, failed, pending } = cells.counted;
  const toTrain = queue.total - all.skipped;
  const spec = storedSpec(queue);
  return {
    id: queue.id,
    name: queue.name,
    kind: queue.kind,
    ...(spec === null ? unreadable(queue) : { state: queue.state, message: queue.message, waitingFor }),
    owner: ownerDto(queue.owner),
    ...(damaged.has(queue.id) && damageOf(queue.id)),
    priority: queue.priority,
    grid: queue.kind === 'grid' ? (spec as GridSpec | null) : null,
    symbols: spec?.symbols ?? [],
    timeframes: spec?.timeframes ?? [],
    totalConfigs: total,
    skipped,
    // A search leaves out trials that it did not come to.
    impossible: queue.kind === 'search' ? 0 : impossible,
    completed,
    failed,
    pending,
    crowned: queue.crowned,
    pushedOut: queue.crowned - reigning,
    kept,
    deleted: decidedModels(queue, cells) - kept,
    currentIndex: next === null || next >= total ? null : next + 1,
    progress: toTrain === 0 ? 1 : (toTrain - all.pending) / toTrain,
    createdAt: iso(queue.created_at),
    startedAt: queue.started_at === null ? null : iso(queue.started_at),
    finishedAt: queue.finished_at === null ? null : iso(queue.finished_at),
    seconds: queue.seconds,
    memoryBytes: queue.peak_memory,
    diskBytes: queue.kind === 'walk_forward' ? validationBytes(store, queue.id) : bytes,
  };
}

/** As `ofQueues`, of one: by its own cells, which are fewer than all champions' and files'. */
function ofQueue(store: Reader, queue: QueueRow): OfQueues {
  const { crowned, pushedOut, kept } = keptModelsOf(store, queue);
  const of: KeptOfQueue = { reigning: crowned - pushedOut, kept, bytes: keptModelBytes(store, queue.id) };
  return { kept: () => of, damaged: unsoundOwners(store, 'queues', [queue.id]) };
}

/** That its row is not what was written is said in place of anything else. */
function damageOf(id: number): { readonly message: string } {
  return { message: `Damaged: ${damageText({ kind: 'queues', owner: id })} is not what was written.` };
}

/** The grid, or the markets of a list, as they were stored, by whatever version; null where that is neither. */
function storedSpec({ spec: json, kind }: QueueRow): GridSpec | Markets | null {
  try {
    const spec = JSON.parse(json) as Partial<Record<string, unknown>> | null;
    const lists = kind === 'grid' ? GRID_LISTS : MARKET_LISTS;
    return spec !== null && lists.every((key) => Array.isArray(spec[key]))
      ? (spec as GridSpec | Markets)
      : null;
  } catch {
    return null;
  }
}

type Markets = Pick<QueueDto, 'symbols' | 'timeframes'>;
const MARKET_LISTS: readonly string[] = ['symbols', 'timeframes'] satisfies (keyof Markets)[];

/** What a grid of any version lists. */
const GRID_LISTS: readonly string[] = AXIS_LIST.flatMap(({ grid, initial }) =>
  grid === undefined || initial !== undefined || grid.initial !== undefined ? [] : [grid.key],
);

/** A queue that would begin, or go on, could not: that it failed is said before it is tried. */
function unreadable({ state }: QueueRow): Pick<QueueDto, 'state' | 'message' | 'waitingFor'> {
  const wouldTrain = ['pending', 'paused', 'awaiting_confirmation', 'crashed'].includes(state);
  return {
    state: wouldTrain ? 'failed' : state,
    message:
      "The grid of this queue can't be read: what is stored of it is damaged. Its results stay; remove it, and make a new queue of what is left.",
    waitingFor: null,
  };
}

/** What a queue has come to so far. `outdated` and `judge`: see `datedChampionDtos`. */
export async function queueSummary(
  store: Store,
  queue: QueueRow,
  models: Models,
  outdated: Outdated,
  judge: Judge,
): Promise<QueueSummaryDto> {
  const cells = countedCells(store, queue);
  const { counted: counts, total } = cells;
  const impossible = countImpossible(store, queue.id);
  const become = keptModelsOf(store, queue);
  return {
    queueId: queue.id,
    name: queue.name,
    kind: queue.kind,
    state: queue.state,
    totalConfigs: total,
    alreadyTrained: counts.skipped - impossible,
    impossible,
    completed: counts.completed,
    failed: counts.failed,
    ...become,
    deleted: decidedModels(queue, cells) - become.kept,
    strategiesTested: strategiesTestedIn(store, queue.id),
    seconds: queue.seconds,
    champions: await datedChampionDtos(store, models, outdated, judge),
    failures: failedRuns(store, queue.id).map((row) => ({
      configuration: describeConfiguration(configurationOf(row)),
      error: storedJson<ErrorDto>(row.error, 'the error of a run').message,
    })),
  };
}

/** What to offer for a queue that a crash stopped. */
export function recoveryDto(store: Reader, queue: QueueRow, resumed: boolean): RecoveryDto {
  const { progress, pending } = queueDto(store, queue, null);
  return {
    queueId: queue.id,
    name: queue.name,
    resumed,
    progress,
    remaining: pending,
    crashedAt: queue.heartbeat_at === null ? null : iso(queue.heartbeat_at),
    recommendation: progress <= 0.5 ? 'Resume to save partial progress' : 'Resume to complete remaining work',
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
