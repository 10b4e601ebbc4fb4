import { storedJson } from '../contract/stored-json.ts';
import type { SurvivalOptions } from '../contract/survival.ts';
import type { QueueRow } from '../store/queues.ts';
import type { Tuned } from '../survival/types.ts';

/** What the specification of a job has that trains a model of what survives. */
export interface StoredSurvival {
  readonly symbols: readonly string[];
  readonly timeframes: readonly string[];
  readonly options: SurvivalOptions;
  /** The last fold that it knows, whichever come while it waits or is paused. */
  readonly lastFold: number;
  /** The version that it goes on from, with its hyper-parameters; null: they are searched. */
  readonly parent: string | null;
  /** What the first trials try. */
  readonly first: readonly Tuned[];
}

/** @throws EngineError `artifact-damaged` */
export function storedSurvival(queue: Pick<QueueRow, 'id' | 'spec'>): StoredSurvival {
  return storedJson<StoredSurvival>(queue.spec, `what job ${queue.id} trains`);
}
