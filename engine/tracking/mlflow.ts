import { keyValues, logBatches } from './batches.ts';
import type { Entry } from './entry.ts';
import { type Ask, NOT_THERE, ServerRefused, THERE_ALREADY } from './rest.ts';

/** The part of MLflow's REST API that is spoken, in Regimen's words. Errors as `createAsk` throws them. */
export interface Mlflow {
  /** Id of the experiment of this name, which is made where it is not there. */
  experiment(name: string): Promise<string>;
  /** The runs that an entry was made as, by its key: one, or none, or more where the server did what nobody waited for any more. */
  find(experimentId: string, key: string): Promise<RemoteRun[]>;
  remove(runId: string): Promise<void>;
  create(experimentId: string, entry: Entry, tags: Readonly<Record<string, string>>): Promise<RemoteRun>;
  /** Tags, parameters, metrics and files, then its state. Repeating it changes nothing. */
  fill(run: RemoteRun, entry: Entry, tags: Readonly<Record<string, string>>): Promise<Filled>;
  get(runId: string): Promise<RemoteRun>;
  /** The version of a registered model that stands on a run; made where there is none, with the model. */
  version(run: RemoteRun, model: NonNullable<Entry['model']>): Promise<string>;
  alias(name: string, alias: string, version: string | null): Promise<void>;
  /** Gives a run tags, in the place of those of the same name. */
  tag(runId: string, tags: Readonly<Record<string, string>>): Promise<void>;
}

export interface RemoteRun {
  readonly runId: string;
  /** `mlflow-artifacts:/1/6f…/artifacts`. */
  readonly artifacts: string;
}

export interface Filled {
  /** Files were left out: the server takes none over HTTP. */
  readonly filesLeftOut: boolean;
}

interface RunAnswer {
  readonly run: { readonly info: { readonly run_id: string; readonly artifact_uri?: string } };
}

/** Tag by which an entry is found again. */
export const KEY_TAG = 'regimen.key';

const API = 'api/2.0/mlflow';
const ARTIFACTS = 'api/2.0/mlflow-artifacts/artifacts';

export function createMlflow(ask: Ask): Mlflow {
  const get = async <T>(path: string, query: Readonly<Record<string, string>>) =>
    (await ask({ method: 'GET', path: `${API}/${path}`, query })) as T;
  const post = async <T>(path: string, body: object) =>
    (await ask({ method: 'POST', path: `${API}/${path}`, body })) as T;

  const remoteOf = ({ info }: RunAnswer['run']): RemoteRun => ({
    runId: info.run_id,
    artifacts: info.artifact_uri ?? '',
  });

  async function experimentByName(name: string): Promise<string | undefined> {
    try {
      const { experiment } = await get<{ experiment: { experiment_id: string; lifecycle_stage?: string } }>(
        'experiments/get-by-name',
        { experiment_name: name },
      );
      if (experiment.lifecycle_stage !== 'deleted') return experiment.experiment_id;
    } catch (error) {
      if (isRefused(error, NOT_THERE)) return undefined;
      throw error;
    }
    throw new ServerRefused(
      `the experiment ${JSON.stringify(name)} is deleted there: restore it (\`mlflow experiments restore\`), or set another mlflow.experiment_name`,
      'INVALID_STATE',
      400,
    );
  }

  async function upload({ artifacts }: RemoteRun, { files }: Entry): Promise<Filled> {
    // `mlflow-artifacts:/…` and `mlflow-artifacts://host/…` are served by the tracking server itself.
    const place = /^mlflow-artifacts:(?:\/\/[^/]*)?\/(?<path>.+)$/.exec(artifacts)?.groups?.path;
    if (place === undefined) return { filesLeftOut: files.length > 0 };
    for (const { path, bytes } of files) {
      const parts = `${place}/${path}`.split('/').map(encodeURIComponent);
      await ask({ method: 'PUT', path: `${ARTIFACTS}/${parts.join('/')}`, body: new Uint8Array(bytes()) });
    }
    return { filesLeftOut: false };
  }

  async function versionOn(name: string, runId: string): Promise<string | undefined> {
    const { model_versions: found = [] } = await get<{
      model_versions?: readonly { name: string; version: string }[];
    }>('model-versions/search', { filter: `run_id = '${runId}'` });
    return found.find((one) => one.name === name)?.version;
  }

  return {
    async experiment(name) {
      const known = await experimentByName(name);
      if (known !== undefined) return known;
      try {
        return (await post<{ experiment_id: string }>('experiments/create', { name })).experiment_id;
      } catch (error) {
        // Somebody else made it in between.
        const made = isRefused(error, THERE_ALREADY) ? await experimentByName(name) : undefined;
        if (made === undefined) throw error;
        return made;
      }
    },

    async find(experimentId, key) {
      const filter = `tags.\`${KEY_TAG}\` = '${key.replaceAll("'", '')}'`;
      const { runs = [] } = await post<{ runs?: readonly RunAnswer['run'][] }>('runs/search', {
        experiment_ids: [experimentId],
        filter,
        max_results: 10,
      });
      return runs.map(remoteOf);
    },

    async remove(runId) {
      await post('runs/delete', { run_id: runId });
    },

    async create(experimentId, entry, tags) {
      const { run } = await post<RunAnswer>('runs/create', {
        experiment_id: experimentId,
        run_name: entry.name,
        start_time: entry.startedAt,
        tags: keyValues(tags),
      });
      return remoteOf(run);
    },

    async fill(run, entry, tags) {
      const { runId: run_id } = run;
      const batches = logBatches({ ...entry, tags: { ...entry.tags, ...tags } });
      for (const batch of batches) await post('runs/log-batch', { run_id, ...batch });
      const filled = await upload(run, entry);
      await post('runs/update', {
        run_id,
        run_name: entry.name,
        status: entry.status,
        ...(entry.endedAt !== null && { end_time: entry.endedAt }),
      });
      return filled;
    },

    async get(runId) {
      return remoteOf((await get<RunAnswer>('runs/get', { run_id: runId })).run);
    },

    async version(run, { name, tags }) {
      try {
        await post('registered-models/create', { name });
      } catch (error) {
        if (!isRefused(error, THERE_ALREADY)) throw error;
      }
      const known = await versionOn(name, run.runId);
      if (known !== undefined) return known;
      const { model_version: made } = await post<{ model_version: { version: string } }>(
        'model-versions/create',
        { name, run_id: run.runId, source: `${run.artifacts}/model`, tags: keyValues(tags) },
      );
      return made.version;
    },

    async tag(runId, tags) {
      await post('runs/log-batch', { run_id: runId, tags: keyValues(tags) });
    },

    async alias(name, alias, version) {
      const path = `${API}/registered-models/alias`;
      if (version === null) await ask({ method: 'DELETE', path, body: { name, alias } });
      else await ask({ method: 'POST', path, body: { name, alias, version } });
    },
  };
}

export const isRefused = (error: unknown, code: string): error is ServerRefused =>
  error instanceof ServerRefused && error.code === code;
