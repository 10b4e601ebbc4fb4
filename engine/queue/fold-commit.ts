import type { FoldFiguresDto } from '../contract/dto/index.ts';
import type { FoldOutcome } from '../pipeline/job.ts';
import { finishCell, type QueueRow } from '../store/queues.ts';
import { insertFold, updateFold } from '../store/validations.ts';
import { figuresOfFold } from '../validation/fold-average.ts';
import { foldLine, procedureLine } from '../validation/fold-line.ts';
import { foldTypeOf } from '../validation/spec.ts';
import { readFoldResult } from '../validation/stored-result.ts';
import type { CommitOutcome } from './commit.ts';
import { assertOwned } from './door.ts';
import type { DueFold } from './fold-work.ts';
import { NO_RUN } from './no-run.ts';
import type { WorkDeps } from './work.ts';

/** What a commit came to, and a line for each fold that has its figures now. */
export interface CommittedFold {
  readonly outcome: CommitOutcome;
  readonly lines: readonly string[];
}

/**
 * Makes the figures of one model's test windows permanent, all or nothing. Nothing of it is a run.
 * @throws EngineError `workspace-busy` when another process has taken over the queue; nothing is recorded then
 */
export function commitFold(
  { store, now, onStep }: Pick<WorkDeps, 'store' | 'now' | 'onStep'>,
  queue: QueueRow,
  { validation, spec, model }: DueFold,
  result: FoldOutcome,
): CommittedFold {
  const { id } = validation;
  const common = { ...NO_RUN, strategiesTested: 1, run: `${id}` };
  if (result.status === 'failed') {
    const error = JSON.stringify(result.error);
    store.transaction(() => {
      assertOwned(store, queue);
      for (const { index, key } of model.folds) {
        updateFold(store, { validation_id: id, fold_index: index, key, reused: 0, error });
      }
      finishCell(store, queue.id, result.index, 'failed', null, result.error);
    });
    return { outcome: { ...common, status: 'failed', error: result.error }, lines: [] };
  }
  const { symbol, timeframe } = spec.configuration;
  const foldType = foldTypeOf(spec);
  const bytesOf = new Map(result.windows.map(({ window, bytes }) => [window, bytes]));
  store.transaction(() => {
    assertOwned(store, queue);
    for (const { window, key } of model.folds) {
      insertFold(store, {
        key,
        symbol,
        timeframe,
        model_type: foldType,
        result: bytesOf.get(window)!,
        seconds: result.seconds,
        computed_at: now(),
      });
    }
    finishCell(store, queue.id, result.index, 'completed', null);
  });
  onStep?.('committed');
  const lines = model.folds.map(({ index, window }) => {
    const { result: traded, procedure } = readFoldResult(spec, bytesOf.get(window)!);
    const figures: FoldFiguresDto = figuresOfFold(traded.forecasts, traded.metrics);
    const fold = spec.folds[index]!;
    return procedure === null ? foldLine(spec, fold, figures) : procedureLine(spec, fold, figures, procedure);
  });
  return { outcome: { ...common, status: 'completed', error: null }, lines };
}
