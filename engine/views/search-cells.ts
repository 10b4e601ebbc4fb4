import type { QueueRow } from '../store/queues.ts';

/**
 * How many cells of a search are no trials: the last ones, each the best of a place, trained as a grid would. LONG and SHORT studies share one.
 * None of other jobs, and of a search that can't be read.
 */
export function bestCells({ kind, spec }: Pick<QueueRow, 'kind' | 'spec'>): number {
  if (kind !== 'search') return 0;
  try {
    const { studies } = JSON.parse(spec) as { readonly studies?: readonly { readonly side?: unknown }[] };
    return studies?.filter(({ side }) => side !== 'short').length ?? 0;
  } catch {
    return 0;
  }
}
