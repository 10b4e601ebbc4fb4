import type { ChampionDto, JobDto, NewChampionDto, OverviewDto, QueueDto } from '../contract/dto/index.ts';
import { PRODUCTION_ACTIONS } from '../contract/registry.ts';
import type { QueueService } from '../queue/service.ts';
import type { Registry } from '../registry/service.ts';
import { unsentAlerts } from '../store/alerts.ts';
import type { Store } from '../store/database.ts';
import { openForwardTests } from '../store/forward.ts';
import { championBefore, queuesEndedAfter } from '../store/news.ts';
import { allQueues } from '../store/queues.ts';
import { allSeries } from '../store/series.ts';
import { decisionsOf } from './decisions.ts';

export interface OverviewDeps {
  readonly store: Store;
  readonly queues: Pick<QueueService, 'get' | 'jobOf'>;
  readonly registry: Pick<Registry, 'list' | 'journal'>;
  /** Champions as the table of them has them. */
  readonly champions: () => Promise<readonly ChampionDto[]>;
}

/** Of each list the newest that are told; a page, not a table. */
const MOST_LISTED = 12;

const WORKED_ON = ['running', 'pausing', 'cancelling'];

/** What came since a time (ms since 1970-01-01 UTC; null: from the beginning), what goes on, and what is to be decided. */
export async function overviewOf(
  deps: OverviewDeps,
  since: number | null,
  now: number,
): Promise<OverviewDto> {
  const { store, queues, registry } = deps;
  const champions = await deps.champions();
  const jobs = allQueues(store);
  const isNew = (at: string) => since === null || Date.parse(at) > since;
  const decisions = decisionsOf({
    store,
    jobs,
    names: registry.list(),
    tests: openForwardTests(store),
    champions,
    unsent: unsentAlerts(store),
    since,
    now,
  });
  const moved = registry
    .journal(undefined)
    .filter(({ action, at }) => PRODUCTION_ACTIONS.includes(action) && isNew(at))
    .map(({ gate: _gate, ...entry }) => entry)
    .reverse();
  const crowned = champions
    .filter(({ achievedAt }) => isNew(achievedAt))
    .toSorted((a, b) => b.achievedAt.localeCompare(a.achievedAt));
  const finished = queuesEndedAfter(store, since);
  return {
    at: new Date(now).toISOString(),
    since: since === null ? null : new Date(since).toISOString(),
    hasSeries: allSeries(store).length > 0,
    hasJobs: jobs.length > 0,
    finished: {
      total: finished.length,
      listed: newest(finished).map(({ id }) => finishedDto(queues.get(id))),
    },
    champions: {
      total: crowned.length,
      listed: newest(crowned).map((one) => newChampionDto(store, one, since)),
    },
    promotions: { total: moved.length, listed: newest(moved) },
    evidence: {
      champions: champions.length,
      withEvidence: champions.filter(({ verdict }) => verdict === 'strong' || verdict === 'suggestive')
        .length,
      validated: champions.filter(({ outOfSample }) => outOfSample !== null).length,
    },
    running: jobs
      .filter(({ state }) => WORKED_ON.includes(state))
      .map(({ id }): JobDto => queues.jobOf(queues.get(id))),
    waiting: jobs.filter(({ state }) => state === 'pending').length,
    decisions: { total: decisions.length, listed: newest(decisions) },
  };
}

const newest = <T>(all: readonly T[]): readonly T[] => all.slice(0, MOST_LISTED);

function finishedDto({ id, name, kind, state, finishedAt, completed, failed, kept, seconds }: QueueDto) {
  return { id, name, kind, state, at: finishedAt!, completed, failed, kept, seconds };
}

function newChampionDto(store: Store, one: ChampionDto, since: number | null): NewChampionDto {
  const { champion, symbol, timeframe, regime, modelType, runId, achievedAt, sharpe, sharpeError, verdict } =
    one;
  const before =
    since === null ? undefined : championBefore(store, { symbol, timeframe, regime }, runId, since);
  return {
    champion,
    symbol,
    timeframe,
    regime,
    modelType,
    runId,
    at: achievedAt,
    sharpe,
    sharpeError,
    verdict,
    synthetic: one.synthetic,
    replaced: before === undefined ? null : { runId: before.uuid, modelType: before.model_type },
  };
}
