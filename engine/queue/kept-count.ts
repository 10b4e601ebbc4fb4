import type { Store } from '../store/database.ts';
import { type KeptModels, keptModelsOf } from '../store/kept-models.ts';
import type { QueueRow } from '../store/queues.ts';
import type { CommitOutcome } from './commit.ts';

/** What another process or a click changes meanwhile is seen after this long at the latest. */
const FRESH_MS = 1000;

type Change = Pick<CommitOutcome, 'kept' | 'crowned' | 'pushedOut'>;

/**
 * What is kept of a queue's models, told after each of its results. Most results keep nothing and push nothing out: after those it
 * is not counted again, since that goes through every model that the workspace keeps.
 */
export function createKeptCount(
  store: Store,
  { id }: Pick<QueueRow, 'id'>,
  now: () => number,
): (crowned: number, outcome: Change) => KeptModels {
  let known: { readonly models: KeptModels; readonly at: number } | undefined;
  return (crowned, { kept, crowned: isCrowned, pushedOut }) => {
    const isSame = !kept && !isCrowned && pushedOut.length === 0;
    const at = now();
    if (known === undefined || !isSame || Math.abs(at - known.at) >= FRESH_MS) {
      known = { models: keptModelsOf(store, { id, crowned }), at };
    }
    return known.models;
  };
}
