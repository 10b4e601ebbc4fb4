import { storedJson } from '../contract/stored-json.ts';
import type { Store } from './database.ts';
import { assertSound } from './soundness.ts';

/** What a run that was shrunk has of each key of its figures: as much as what luck counts knows of it. */
export const SHORT_KEY_DIGITS = 32;

/** Whether a run's figures, by the name that it has for them, are those of a key. */
export function isKeyOf(known: string | undefined, key: string | undefined): boolean {
  return known === key || (known?.length === SHORT_KEY_DIGITS && key?.startsWith(known) === true);
}

/** Names of a run's figures; see RunsTable. None for a run of an earlier version. */
export function evaluationKeysOf(store: Store, runId: number): Readonly<Record<string, string>> {
  assertSound(store, 'runs', [runId]);
  const json = store.prepare('SELECT evaluation_keys FROM runs WHERE id = ?').pluck().get(runId) as
    | string
    | null;
  return json === null ? {} : storedJson<Record<string, string>>(json, `the keys of run ${runId}`);
}
