import type { Config } from '../config/schema.ts';
import type { GridPreviewDto, QueueDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { GridSpec } from '../contract/grid.ts';
import { checkGrid } from '../grid/check.ts';
import { defaultName } from '../grid/default-name.ts';
import { extendedCells } from '../grid/extend.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import {
  cellsOf,
  insertQueue,
  reopenFailedCells,
  replaceCells,
  requireQueue,
  updateQueue,
} from '../store/queues.ts';
import { changeState } from './door.ts';
import { nextState } from './states.ts';

export interface EditsDeps {
  readonly store: Store;
  readonly library: CandleLibrary;
  readonly config: () => Config;
  readonly threads: () => number;
  /** Tells listeners how a queue is now. */
  readonly changed: (queueId: number) => QueueDto;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

interface Planned {
  readonly queueId: number;
  readonly preview: GridPreviewDto;
}

/** What queues are to train, and which comes first. */
export interface QueueEdits {
  /** What a grid comes to; writes nothing. @throws EngineError `grid-invalid` with every problem, as `create` and `extend` */
  preview(spec: GridSpec, retrain: boolean): GridPreviewDto;
  create(spec: GridSpec, retrain: boolean): Planned;
  /** Gives a queue the cells of a wider grid. @throws EngineError `conflict` while it is trained */
  extend(queueId: number, spec: GridSpec): Planned;
  /** Failed cells are to be trained again. @throws EngineError `conflict` while the queue is trained, or without any */
  retry(queueId: number): QueueDto;
  prioritize(queueId: number, priority: number): QueueDto;
}

export function createQueueEdits({ store, library, config, threads, changed, now }: EditsDeps): QueueEdits {
  const check = (spec: GridSpec, retrain: boolean) =>
    checkGrid({ store, library, config: config(), threads: threads() }, spec, retrain);

  return {
    preview: (spec, retrain) => check(spec, retrain).preview,

    create(spec, wanted) {
      const { cells, preview, grid, retrain } = check(spec, wanted);
      const name = spec.name ?? defaultName(grid);
      const queueId = insertQueue(store, { name, spec: grid.spec, createdAt: now(), retrain }, cells);
      changed(queueId);
      return { queueId, preview };
    },

    extend(queueId, spec) {
      const queue = requireQueue(store, queueId);
      nextState(queue, 'extend');
      const { cells, preview, grid } = check(spec, queue.retrain === 1);
      store.transaction(() => {
        changeState(store, queueId, { trigger: 'extend', message: null, now: now() });
        const merged = extendedCells(cells, cellsOf(store, queueId));
        replaceCells(store, queueId, { ...grid.spec, name: queue.name }, merged);
      });
      changed(queueId);
      return { queueId, preview };
    },

    retry(queueId) {
      requireQueue(store, queueId);
      store.transaction(() => {
        changeState(store, queueId, { trigger: 'retry', message: null, now: now() });
        if (reopenFailedCells(store, queueId) > 0) return;
        throw new EngineError('conflict', `Queue ${queueId} has no failed configurations to retry.`);
      });
      return changed(queueId);
    },

    prioritize(queueId, priority) {
      requireQueue(store, queueId);
      updateQueue(store, queueId, { priority });
      return changed(queueId);
    },
  };
}
