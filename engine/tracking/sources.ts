import type { VersionFiles } from '../artifacts/version-files.ts';
import { parseModelName } from '../contract/model-name.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { QueueService } from '../queue/service.ts';
import { isActive } from '../queue/states.ts';
import { reportHtml } from '../registry/report-html.ts';
import type { Registry } from '../registry/service.ts';
import type { Store } from '../store/database.ts';
import { allQueues, findQueue } from '../store/queues.ts';
import { requireSurvivalModel, survivalVersions } from '../store/survival.ts';
import {
  countModelsAfter,
  gateLines,
  modelsAfter,
  newestModel,
  type TrackedRow,
  trackedOf,
  trialCounts,
  validationStates,
} from '../store/tracked.ts';
import { requireVersion, versionNames } from '../store/versions.ts';
import { leftOutDto } from '../views/left-out.ts';
import { runDtos } from '../views/run.ts';
import { survivalModelDto } from '../views/survival.ts';
import { jobEntry, jobKey } from './entries/job.ts';
import { modelEntry } from './entries/model.ts';
import { gateEntry, versionEntry } from './entries/registry.ts';
import { SURVIVAL_NAME, survivalEntry } from './entries/survival.ts';
import { trialEntry, trialKey } from './entries/trial.ts';
import { validationEntry } from './entries/validation.ts';
import type { Entry } from './entry.ts';

export interface SourceDeps {
  readonly store: Store;
  readonly queues: Pick<QueueService, 'get' | 'searches' | 'validations'>;
  readonly registry: Pick<Registry, 'show' | 'journal'>;
  readonly versionFiles: VersionFiles;
}

/** One kind of what is tracked. */
export interface Source {
  readonly kind: SourceKind;
  /** Entries that were not sent as they are now, oldest first. */
  due(tracking: number, limit: number): Entry[];
  count(tracking: number): number;
}

export const SOURCE_KINDS = ['jobs', 'versions', 'gates', 'validations', 'trials'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** All but models, of which there are too many to remember each. */
export function createSources({ store, queues, registry, versionFiles }: SourceDeps): Source[] {
  /** Of all there are, those that are not sent as they are; each is made only when its turn comes. */
  function source<T>(
    kind: SourceKind,
    prefix: string,
    all: () => readonly T[],
    of: (one: T) => { readonly key: string; readonly version: string; readonly entry: () => Entry },
  ): Source {
    const waiting = (tracking: number) => {
      const sent = trackedOf(store, tracking, prefix);
      return all()
        .map(of)
        .filter(({ key, version }) => !isSettled(sent.get(key), version));
    };
    return {
      kind,
      due: (tracking, limit) =>
        waiting(tracking)
          .slice(0, limit)
          .map(({ entry }) => entry()),
      count: (tracking) => waiting(tracking).length,
    };
  }

  type Version = ReturnType<typeof versionNames>[number];
  const versionOf = ({ name, version: number, sha256 }: Version) => ({
    key: `version/${name}/${number}`,
    version: 'whole',
    entry() {
      const { versions } = registry.show(parseModelName(name));
      return versionEntry(versions.find(({ version }) => version === number)!, {
        model: () => versionFiles.read(name, number, sha256),
        manifest: () => Buffer.from(requireVersion(store, name, number).manifest, 'utf8'),
      });
    },
  });
  const survivalOf = (version: string) => ({
    key: `version/${SURVIVAL_NAME}/${version}`,
    version: 'whole',
    entry() {
      const row = requireSurvivalModel(store, version);
      // Who speaks is told by an alias.
      return survivalEntry(survivalModelDto(row, { now: null, was: new Set() }), {
        parent: keyOfJob(store, row.queue_id),
        bytes: () => row.model,
      });
    },
  });

  return [
    source(
      'jobs',
      'job/',
      () => [...allQueues(store)].sort((a, b) => a.id - b.id),
      ({ id, name, state, total, message, created_at, finished_at, spec }) => {
        const version = JSON.stringify([state, name, total, message, finished_at]);
        return { key: jobKey(id, created_at), version, entry: () => jobEntry(queues.get(id), version, spec) };
      },
    ),
    source(
      'versions',
      'version/',
      () => [...versionNames(store).map(versionOf), ...survivalVersions(store).map(survivalOf)],
      (one) => one,
    ),
    source(
      'gates',
      'gate/',
      () => gateLines(store),
      ({ id, name }) => ({
        key: `gate/${id}`,
        version: 'whole',
        entry() {
          const line = registry.journal(name).find((one) => one.id === id)!;
          return gateEntry({ ...line, gate: line.gate! }, { html: reportHtml });
        },
      }),
    ),
    source(
      'validations',
      'validation/',
      () => {
        const active = new Set(allQueues(store).flatMap(({ id, state }) => (isActive(state) ? [id] : [])));
        return validationStates(store).filter(({ queue_id, ended }) => ended > 0 && !active.has(queue_id));
      },
      ({ id, ended, created_at: createdAt, queue_id }) => {
        const version = `${ended} folds`;
        const entry = () =>
          validationEntry(queues.validations.get(id), {
            version,
            createdAt,
            parent: keyOfJob(store, queue_id),
          });
        return { key: `validation/${id}`, version, entry };
      },
    ),
    trialSource(store, queues),
  ];
}

/** A search is read as a whole, so only one of which trials are missing, and each time as many of them as are wanted. */
function trialSource(store: Store, queues: SourceDeps['queues']): Source {
  const missing = (tracking: number) => {
    const sent = trackedOf(store, tracking, 'trial/');
    const settled = new Map<string, number>();
    for (const [key, row] of sent) {
      const job = key.slice('trial/'.length, key.lastIndexOf('/', key.lastIndexOf('/') - 1));
      if (isSettled(row, 'whole')) settled.set(job, (settled.get(job) ?? 0) + 1);
    }
    const searches = trialCounts(store)
      .flatMap(({ queue_id: id, trials }) => {
        const job = keyOfJob(store, id);
        // Of a model of what survives the best one is told, as its version's parameters.
        return job === null || findQueue(store, id)?.kind === 'survival'
          ? []
          : [{ id, job, waiting: trials - (settled.get(job) ?? 0) }];
      })
      .filter(({ waiting }) => waiting > 0);
    return { sent, searches };
  };
  return {
    kind: 'trials',
    due(tracking, limit) {
      const { sent, searches } = missing(tracking);
      const found: Entry[] = [];
      for (const { id, job } of searches) {
        for (const search of queues.searches.list(id)) {
          for (const trial of search.trials) {
            if (found.length >= limit) return found;
            const key = trialKey(job, trial.study, trial.trial - 1);
            if (!isSettled(sent.get(key), 'whole')) found.push(trialEntry(job, search, trial));
          }
        }
      }
      return found;
    },
    count: (tracking) => missing(tracking).searches.reduce((sum, { waiting }) => sum + waiting, 0),
  };
}

/** Null: its row is gone. */
function keyOfJob(store: Store, id: number): string | null {
  const queue = findQueue(store, id);
  return queue === undefined ? null : jobKey(id, queue.created_at);
}

/** Sent as it is, or refused as it is. */
const isSettled = (row: TrackedRow | undefined, version: string) => row?.version === version;

/** Runs, which are remembered by the number up to which all were sent. */
export interface ModelSource {
  /** With the number that is settled once all of them are. */
  due(after: number, onlyKept: boolean, limit: number): { readonly entries: Entry[]; readonly upTo: number };
  count(after: number, onlyKept: boolean): number;
}

export function createModelSource(store: Store): ModelSource {
  return {
    due(after, onlyKept, limit) {
      const newest = newestModel(store);
      const rows = modelsAfter(store, after, onlyKept, limit);
      const dtos = new Map(
        runDtos(
          store,
          rows.map(({ id }) => id),
        ).map((run) => [run.id, run]),
      );
      const entries = rows.flatMap(({ id, job, train_rows, left_out, importance, synthetic }) => {
        const run = dtos.get(id);
        if (run === undefined) return [];
        return modelEntry({
          run,
          parent: job === null ? null : keyOfJob(store, job),
          trainRows: train_rows,
          features:
            importance === null ? null : countOf(storedJson(importance, 'the importance of features')),
          leftOut: left_out === null ? null : leftOutDto(left_out),
          synthetic: synthetic === 1,
        });
      });
      return { entries, upTo: rows.length < limit ? newest : rows.at(-1)!.id };
    },
    count: (after, onlyKept) => countModelsAfter(store, after, onlyKept),
  };
}

/** Of an old run that was not kept only the most important features are named. */
const countOf = ({ names, of = names.length }: { readonly names: readonly string[]; readonly of?: number }) =>
  of;
