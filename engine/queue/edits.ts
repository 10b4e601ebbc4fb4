import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { Config } from '../config/schema.ts';
import type { GridPreviewDto, QueueDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { GridSpec } from '../contract/grid.ts';
import { checkGrid, type GridWishes, previewGrid } from '../grid/check.ts';
import { defaultName } from '../grid/default-name.ts';
import { extendedCells } from '../grid/extend.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import {
  cellsOf,
  countImpossible,
  insertQueue,
  reopenFailedCells,
  replaceCells,
  requireQueue,
  updateQueue,
} from '../store/queues.ts';
import { changeState } from './door.ts';
import { assertJudged, withJudge } from './judge.ts';
import { nextState } from './states.ts';

export interface EditsDeps {
  readonly store: Store;
  readonly library: CandleLibrary;
  readonly artifacts: ArtifactFolder;
  readonly config: () => Config;
  readonly threads: () => number;
  /** A window or server. */
  readonly isHost: boolean;
  /** Tells listeners how a queue is now. */
  readonly changed: (queueId: number) => QueueDto;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

interface Planned {
  readonly queueId: number;
  readonly preview: GridPreviewDto;
}

export interface NewQueue extends GridWishes {
  /** It is to begin by itself when its turn comes. */
  readonly enqueue: boolean;
}

/** What queues are to train, and which comes first. */
export interface QueueEdits {
  /** What a grid comes to; writes nothing. @throws EngineError `grid-invalid` with every problem, as `create` and `extend` */
  preview(spec: GridSpec, wishes: GridWishes): GridPreviewDto;
  /** @throws EngineError `conflict` for a grid that is trained already: `details.preview` has its counts */
  create(spec: GridSpec, queue: NewQueue): Planned;
  /** Gives a queue the cells of a wider grid. @throws EngineError `conflict` while it is trained */
  extend(queueId: number, spec: GridSpec, skipImpossible: boolean): Planned;
  /** Failed cells are to be trained again. @throws EngineError `conflict` while the queue is trained, or without any */
  retry(queueId: number): QueueDto;
  /** A pending queue begins by itself when its turn comes. @throws EngineError `conflict` in any other state */
  enqueue(queueId: number): QueueDto;
  prioritize(queueId: number, priority: number): QueueDto;
}

export function createQueueEdits(deps: EditsDeps): QueueEdits {
  const { store, library, artifacts, config, threads, isHost, changed, now } = deps;
  const given = () => ({
    store,
    library,
    models: artifacts,
    config: withJudge(store, config()),
    threads: threads(),
  });
  const check = (spec: GridSpec, wishes: GridWishes) => checkGrid(given(), spec, wishes);

  return {
    preview: (spec, wishes) => previewGrid(given(), spec, wishes),

    create(spec, { enqueue: enqueued, ...wishes }) {
      assertJudged(given().config);
      const { cells, preview, grid, retrain } = check(spec, wishes);
      if (preview.toTrain === 0) throw nothingNew(preview);
      const name = spec.name ?? defaultName(grid);
      const queue = { name, spec: grid.spec, createdAt: now(), retrain, enqueued };
      const queueId = insertQueue(store, queue, cells);
      changed(queueId);
      return { queueId, preview };
    },

    extend(queueId, spec, skipImpossible) {
      const queue = requireQueue(store, queueId);
      nextState(queue, 'extend');
      if (queue.kind !== 'grid') {
        throw new EngineError(
          'conflict',
          `Queue ${queueId} "${queue.name}" is no grid; only a grid can be extended.`,
          { queueId },
        );
      }
      const { cells, preview, grid } = check(spec, {
        retrain: queue.retrain === 1,
        // What was left out once is not to stand in the way now.
        skipImpossible: skipImpossible || countImpossible(store, queueId) > 0,
      });
      store.transaction(() => {
        changeState(store, queueId, { trigger: 'extend', message: null, now: now() });
        const merged = extendedCells(cells, cellsOf(store, queueId));
        if (merged.every(({ state }) => state !== 'pending')) throw nothingNew(preview);
        replaceCells(store, queueId, { ...grid.spec, name: queue.name }, merged);
      });
      changed(queueId);
      return { queueId, preview };
    },

    retry(queueId) {
      requireQueue(store, queueId);
      store.transaction(() => {
        changeState(store, queueId, { trigger: 'retry', message: null, now: now() });
        if (reopenFailedCells(store, queueId) > 0) {
          // Whoever asks for it in a window has it trained again without a further start; a command starts it itself.
          if (isHost) updateQueue(store, queueId, { enqueued: 1 });
          return;
        }
        throw new EngineError('conflict', `Queue ${queueId} has no failed configurations to retry.`);
      });
      return changed(queueId);
    },

    enqueue(queueId) {
      const { state, name } = requireQueue(store, queueId);
      if (state !== 'pending') {
        throw new EngineError(
          'conflict',
          `Queue ${queueId} "${name}" is ${state}; only a pending queue waits.`,
          {
            queueId,
          },
        );
      }
      updateQueue(store, queueId, { enqueued: 1 });
      return changed(queueId);
    },

    prioritize(queueId, priority) {
      requireQueue(store, queueId);
      updateQueue(store, queueId, { priority });
      return changed(queueId);
    },
  };
}

function nothingNew(preview: GridPreviewDto): EngineError {
  const { totalConfigs, impossible } = preview;
  const trained =
    totalConfigs - impossible === 1
      ? 'its one configuration is trained already'
      : `all ${totalConfigs - impossible} configurations are trained already`;
  return new EngineError(
    'conflict',
    `Nothing new to train: ${trained}. Train them again with "retrain", or change the grid.`,
    { preview, remedy: 'retrain' },
  );
}
