import { type BatchContext, createContext } from '../pipeline/context.ts';
import type { LoadedContext, WorkerJob } from '../pipeline/job.ts';
import { heldBytes, leastBytes, memoryError, usedBytes } from './memory.ts';

/** Two are kept where there is room: neighboring batches of a queue mostly share one, and a boundary needs the next. */
const KEPT_CONTEXTS = 2;

/** The contexts that a thread works in. */
export interface ContextCache {
  /**
   * The context of a batch, which `key` names, for one of its cells.
   * @throws EngineError `worker-memory` where it takes more than `limitMb`; other contexts have to go before
   */
  get(key: string, loaded: LoadedContext, cell: WorkerJob, limitMb: number): BatchContext;
}

export function createContextCache(
  create: (loaded: LoadedContext, others: Iterable<BatchContext>) => BatchContext = (loaded, others) =>
    createContext(loaded, undefined, others),
): ContextCache {
  const contexts = new Map<string, BatchContext>();
  /** Bytes that contexts were found to take beyond the limit, and the limit: none is made twice to find that out. */
  const refused = new Map<string, { readonly bytes: number; readonly limitMb: number }>();

  function make(loaded: LoadedContext, limit: number): number | BatchContext {
    const least = leastBytes(loaded);
    if (least > limit) return least;
    if (contexts.size > 0 && heldBytes() + least > limit) contexts.clear();
    const context = created(loaded, limit);
    if (typeof context === 'number') return context;
    if (heldBytes() <= limit) return context;
    let used = usedBytes();
    if (used > limit && contexts.size > 0) {
      contexts.clear();
      used = usedBytes();
    }
    return used > limit ? used : context;
  }

  function created(loaded: LoadedContext, limit: number): number | BatchContext {
    try {
      return create(loaded, contexts.values());
    } catch (error) {
      // What no memory is left for.
      if (error instanceof RangeError && /allocation failed|memory/i.test(error.message)) return limit;
      throw error;
    }
  }

  return {
    get(key, loaded, { configuration }, limitMb) {
      const known = contexts.get(key);
      if (known !== undefined) return known;
      const before = refused.get(key);
      if (before !== undefined && before.limitMb >= limitMb) {
        throw memoryError(configuration, before.bytes, limitMb);
      }
      const made = make(loaded, limitMb * 1024 * 1024);
      if (typeof made === 'number') {
        refused.set(key, { bytes: made, limitMb });
        throw memoryError(configuration, made, limitMb);
      }
      contexts.set(key, made);
      if (contexts.size > KEPT_CONTEXTS) contexts.delete(contexts.keys().next().value!);
      return made;
    },
  };
}
