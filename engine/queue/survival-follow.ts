import { storedJson } from '../contract/stored-json.ts';
import type { Feed } from '../log/feed.ts';
import type { Store } from '../store/database.ts';
import { allQueues, type QueueRow, requireQueue } from '../store/queues.ts';
import { requireSurvivalModel, survivalInProduction } from '../store/survival.ts';
import { closedFolds } from '../validation/survival-rows.ts';
import type { SurvivalEdits } from './survival-edits.ts';
import { storedSurvival } from './survival-spec.ts';
import type { WalkForwardSpec } from './validation-rows.ts';

export interface FollowDeps {
  readonly store: Store;
  readonly feed: Feed;
  readonly edits: Pick<SurvivalEdits, 'prepareUpdate' | 'insert'>;
  /** A window or server: what is put into the Training Queue begins by itself. */
  readonly isHost: boolean;
}

/** Such a job comes to no model any more. */
const OVER: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled']);

const SAYS = { source: 'queue/survival-follow:followFolds', topic: 'model' } as const;

/**
 * As folds come in, what is in production learns them: once a validated grid has ended, an update of that version is put into the Training
 * Queue, unless one is there already. It puts nobody in charge: a gate does, when it is asked. The returned function does not reject.
 */
export function followFolds({ store, feed, edits, isHost }: FollowDeps): (queueId: number) => Promise<void> {
  async function follow(queueId: number): Promise<void> {
    const ended = requireQueue(store, queueId);
    if (ended.kind !== 'walk_forward' || ended.state !== 'completed' || !hasGrid(ended)) return;
    const version = survivalInProduction(store);
    if (version === null) return;
    const last = closedFolds(store).reduce((newest, { id }) => Math.max(newest, id), 0);
    if (last <= requireSurvivalModel(store, version).last_fold) return;
    const isComing = allQueues(store).some(
      (queue) => queue.kind === 'survival' && !OVER.has(queue.state) && storedSurvival(queue).parent !== null,
    );
    if (isComing) return;
    const update = edits.insert(await edits.prepareUpdate(version), isHost);
    feed.info(update, `What survives: an update of version ${version} learns the folds that came.`, SAYS);
  }
  return (queueId) =>
    follow(queueId).catch((error: Error) => {
      feed.warn(queueId, `What survives was not updated: ${error.message}`, SAYS);
    });
}

function hasGrid(queue: QueueRow): boolean {
  const { validations } = storedJson<WalkForwardSpec>(queue.spec, `what job ${queue.id} validates`);
  return validations.some(({ procedure }) => procedure !== undefined);
}
