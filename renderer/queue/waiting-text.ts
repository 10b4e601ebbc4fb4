import type { QueueDto } from '../../engine/contract/dto/index.ts';
import { isActive } from '../state/index.ts';
import { texts } from './texts/jobs.ts';

/** What leads on where a job has nothing to show yet: its button above, patience, or why nothing will come. `then`: what appears. */
export function waitingText(queue: Pick<QueueDto, 'kind' | 'state'>, then: string): string {
  const { kind, state } = queue;
  if (state === 'pending') return texts.pressToBegin({ button: startWord(kind), then });
  if (state === 'paused' || state === 'crashed' || state === 'failed') {
    return texts.pressToBegin({ button: texts.resume, then });
  }
  return isActive(queue) || state === 'awaiting_confirmation' ? then : texts.itHasEndedWithout;
}

/** What the button is called that starts a job of this kind. */
export const startWord = (kind: QueueDto['kind']): string => START[kind] ?? texts.startTraining;

const START: Readonly<Partial<Record<QueueDto['kind'], string>>> = texts.start;
