import type { GridSpec } from '../contract/grid.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { Store } from '../store/database.ts';
import { longestHistory } from '../store/longest-history.ts';
import type { QueueRow } from '../store/queues.ts';
import { storedSearch } from './search-spec.ts';

/**
 * The longest training history that a queue's windows are fractions of, where windows are split: of a grid or search its own; of what
 * looks at models that are there, that of all runs, so that no holdout of theirs is trained on.
 */
export function longestOfQueue(store: Store, queue: QueueRow): number {
  switch (queue.kind) {
    case 'grid': {
      const { days_history: days } = storedJson<GridSpec>(queue.spec, `the grid of queue ${queue.id}`);
      return Math.max(...days);
    }
    case 'search':
      return Math.max(...storedSearch(queue).studies.map(({ configuration }) => configuration.daysHistory));
    default:
      return longestHistory(store);
  }
}
