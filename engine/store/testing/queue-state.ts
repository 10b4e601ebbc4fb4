import type { QueueState } from '../../contract/dto/index.ts';
import type { Store } from '../database.ts';

/** Puts a queue into a state without the way there, which has its own tests. */
export function placeQueue(store: Store, id: number, state: QueueState, owner: string | null = null): void {
  store.raw.prepare('UPDATE queues SET state = ?, owner = ? WHERE id = ?').run(state, owner, id);
}
