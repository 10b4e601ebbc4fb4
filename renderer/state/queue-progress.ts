import type { QueueDto } from '../../engine/contract/dto/index.ts';
import type { QueueProgress } from '../../engine/contract/events.ts';

const doneOf = ({ completed, failed }: QueueDto): number => completed + failed;

/** A queue with the counts of its progress; the queue itself where it is further already. */
export function withProgress(queue: QueueDto, progress: QueueProgress | undefined): QueueDto {
  if (progress === undefined || progress.done <= doneOf(queue)) return queue;
  const { done, toTrain, completed, failed, currentIndex, elapsedSeconds, memoryBytes } = progress;
  const { crowned, pushedOut, kept, deleted } = progress;
  return {
    ...queue,
    completed,
    failed,
    crowned,
    pushedOut,
    kept,
    deleted,
    currentIndex,
    pending: toTrain - done,
    progress: done / toTrain,
    seconds: elapsedSeconds,
    memoryBytes,
  };
}

/** Whether the queue has gone back behind its progress: Retry makes results pending again, only that does. */
export function isTakenBack(progress: QueueProgress | undefined, queue: QueueDto): boolean {
  return progress !== undefined && doneOf(queue) < progress.done;
}
