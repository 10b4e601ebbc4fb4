import type { Reader } from '../store/database.ts';
import { deliverAliases, namedAliases } from './aliases.ts';
import { type Delivery, deliver } from './deliver.ts';
import type { Due } from './due.ts';
import type { Entry } from './entry.ts';
import { deliverMarks, marksDue } from './marks.ts';
import type { Settled } from './outbox.ts';
import type { TrackingServer } from './server.ts';
import type { Voice } from './voice.ts';

export interface Sending {
  readonly server: TrackingServer;
  readonly due: Due;
  readonly store: Reader;
  readonly delivery: Omit<Delivery, 'experiment' | 'onFilesLeftOut'>;
  readonly voice: Voice;
  /** There is something to send. */
  readonly onBegin: () => void;
}

/** Entries that are written down as begun at a time. */
const BATCH = 50;

/**
 * Sends what is due, until nothing is: jobs first, which all else belongs to, models last, of which there are most, then aliases and
 * what people wrote, once there is what has them.
 *
 * @throws ServerDown, and EngineError where the workspace can't be read
 */
export async function sendAll(sending: Sending): Promise<void> {
  const { due, store, voice, onBegin } = sending;
  const { mlflow, outbox, isEnding } = sending.delivery;
  while (!isEnding()) {
    const { id, models_up_to: before } = outbox.row();
    const entries = dueOf(due, id);
    if (entries.length > 0) {
      onBegin();
      await batch(sending, entries, (settled) => outbox.settle(settled));
      continue;
    }
    const { entries: models, upTo } = due.models.due(before, due.onlyKept(), BATCH);
    if (models.length > 0) {
      onBegin();
      await batch(sending, models, (settled, isWhole) =>
        outbox.settleModels(settled, isWhole ? upTo : lastModel(settled, before)),
      );
      continue;
    }
    if (upTo > before) outbox.passModels(upTo);
    const onRefused = (what: string, reason: string) =>
      voice.warn(`refused ${what}`, `MLflow does not take ${what}: ${reason}`);
    await deliverAliases({ mlflow, outbox }, namedAliases(store), onRefused);
    const { experiment } = sending.server;
    await deliverMarks({ ...sending.delivery, experiment }, marksDue(store, outbox.row()), onRefused);
    return;
  }
}

function dueOf({ sources }: Due, tracking: number): Entry[] {
  for (const source of sources) {
    const entries = source.due(tracking, BATCH);
    if (entries.length > 0) return entries;
  }
  return [];
}

async function batch(
  { delivery, server, voice }: Sending,
  entries: readonly Entry[],
  settle: (settled: readonly Settled[], isWhole: boolean) => void,
): Promise<void> {
  const onFilesLeftOut = () =>
    voice.warn(
      'files',
      `MLflow at ${server.uri} keeps its artifacts where only its own machine can write them, so reports and models are left out there; all else is sent. Start it with --serve-artifacts, and take another experiment, to have them, too.`,
    );
  const { experiment } = server;
  const { settled, down } = await deliver({ ...delivery, experiment, onFilesLeftOut }, entries);
  settle(settled, down === undefined);
  for (const { entry, refusal } of settled) {
    if (refusal === null) continue;
    voice.warn(`refused ${entry.key}`, `MLflow does not take ${entry.name} (${entry.key}): ${refusal}`);
  }
  if (down !== undefined) throw down;
}

/** Number of the newest model that is settled with all before it. */
function lastModel(settled: readonly Settled[], before: number): number {
  const last = settled.at(-1)?.entry.key.slice('model/'.length);
  return last === undefined ? before : Number(last);
}
