import type { EngineEvent } from './events.ts';

type Ended = Extract<EngineEvent, { readonly type: 'training.ended' }>;

const WORDS: Readonly<Record<Ended['state'], string>> = {
  completed: 'is complete',
  failed: 'failed',
  interrupted: 'was interrupted',
};

/** `Scheduled training weekly is complete`: the head of a notice. */
export function trainingEndTitle({ title, schedule, state }: Ended): string {
  const what = schedule === null ? `Training of ${title}` : `Scheduled training ${schedule}`;
  return `${what} ${WORDS[state]}`;
}
