import { EngineError } from '../contract/errors.ts';
import type { Entry } from './entry.ts';
import { isRefused, KEY_TAG, type Mlflow, type RemoteRun } from './mlflow.ts';
import type { Outbox, Settled } from './outbox.ts';
import { NOT_THERE, ServerDown, ServerRefused } from './rest.ts';

export interface Delivery {
  readonly mlflow: Mlflow;
  readonly outbox: Outbox;
  /** Name of the experiment, which may be deleted and made again while it is sent to. */
  readonly experiment: string;
  /** Tells the workspace's entries from those of another that is shown in the same experiment. */
  readonly workspaceId: string;
  /** Said once: files were left out. */
  readonly onFilesLeftOut: () => void;
  /** Called after each entry: a pause while this process trains. */
  readonly paused: (elapsedMs: number) => Promise<void>;
  /** No further entry is begun. */
  readonly isEnding: () => boolean;
}

/** MLflow's version number of a version, which its aliases point to. */
export const registeredKey = (name: string, version: string) => `registered/${name}/${version}`;

/**
 * Sends entries, in their order, each once: an entry that an interrupted attempt may have made is looked for by its key before it
 * is made, and all else can be repeated.
 *
 * @returns what is settled: all, or those before the server went down, with the error
 */
export async function deliver(
  delivery: Delivery,
  entries: readonly Entry[],
): Promise<{ readonly settled: Settled[]; readonly down: ServerDown | undefined }> {
  const { mlflow, outbox, experiment, paused } = delivery;
  const settled: Settled[] = [];
  try {
    const experimentId = await mlflow.experiment(experiment);
    const begun = outbox.begin(entries);
    /** Of entries of this batch, which children of theirs may follow. */
    const made = new Map<string, string>();
    for (const entry of entries) {
      if (delivery.isEnding()) throw new ServerDown('Regimen ends');
      const start = performance.now();
      const parent =
        entry.parent === null ? undefined : (made.get(entry.parent) ?? outbox.remoteOf(entry.parent));
      const one = await deliverOne(delivery, {
        entry,
        experimentId,
        parent,
        mayBeThere: begun.has(entry.key),
      });
      if (one.remote !== null) made.set(entry.key, one.remote);
      settled.push(one);
      await paused(performance.now() - start);
    }
    return { settled, down: undefined };
  } catch (error) {
    return { settled, down: asDown(error) };
  }
}

/** An experiment that is refused is no entry's fault: it is waited for like a server that is down. */
function asDown(error: unknown): ServerDown {
  if (error instanceof ServerDown) return error;
  if (error instanceof ServerRefused) return new ServerDown(error.message, { cause: error });
  throw error;
}

interface One {
  readonly entry: Entry;
  readonly experimentId: string;
  /** MLflow's id of what it belongs to. */
  readonly parent: string | undefined;
  readonly mayBeThere: boolean;
}

async function deliverOne(delivery: Delivery, one: One): Promise<Settled> {
  const { mlflow, outbox, experiment, onFilesLeftOut } = delivery;
  const { entry } = one;
  let remote: string | null = outbox.remoteOf(entry.key) ?? null;
  try {
    const tags = tagsOf(delivery, one);
    const { run, filled } = await filledRun(delivery, { ...one, tags, known: remote });
    remote = run.runId;
    if (filled.filesLeftOut) onFilesLeftOut();
    if (entry.model !== undefined) {
      const number = await mlflow.version(run, entry.model);
      const { 'regimen.version': version = '' } = entry.model.tags;
      outbox.note(registeredKey(entry.model.name, version), number, 'whole');
    }
    return { entry, remote, refusal: null };
  } catch (error) {
    if (error instanceof EngineError) return { entry, remote, refusal: error.message };
    if (!(error instanceof ServerRefused)) throw error;
    // Where the experiment is to blame, this throws.
    if ((await mlflow.experiment(experiment)) !== one.experimentId) {
      throw new ServerDown('its experiment was made anew in between', { cause: error });
    }
    return { entry, remote, refusal: error.message };
  }
}

interface Wanted extends One {
  readonly tags: Readonly<Record<string, string>>;
  readonly known: string | null;
}

async function filledRun(delivery: Delivery, { entry, experimentId, mayBeThere, tags, known }: Wanted) {
  const { mlflow, outbox } = delivery;
  if (known !== null) {
    try {
      const run: RemoteRun =
        entry.files.length > 0 ? await mlflow.get(known) : { runId: known, artifacts: '' };
      return { run, filled: await mlflow.fill(run, entry, tags) };
    } catch (error) {
      if (!isRefused(error, NOT_THERE)) throw error;
      // The server lost it, or is another one at the same address.
      outbox.forget(entry.key);
    }
  }
  const key = tags[KEY_TAG]!;
  const found = mayBeThere ? await mlflow.find(experimentId, key) : [];
  const run = found[0] ?? (await mlflow.create(experimentId, entry, tags));
  const filled = await mlflow.fill(run, entry, tags);
  // A server may come late to what a process asked of it that is gone by now: then there are two of it.
  const all = mayBeThere ? await mlflow.find(experimentId, key) : [];
  for (const { runId } of all) if (runId !== run.runId) await mlflow.remove(runId);
  return { run, filled };
}

/** What every run has, beside its own: where it comes from, and what it belongs to. */
function tagsOf({ workspaceId }: Delivery, { entry, parent }: One): Record<string, string> {
  return {
    [KEY_TAG]: `${workspaceId}/${entry.key}`,
    'regimen.workspace': workspaceId,
    'mlflow.source.name': 'regimen',
    'mlflow.source.type': 'JOB',
    ...(parent !== undefined && { 'mlflow.parentRunId': parent }),
  };
}
