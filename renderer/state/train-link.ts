import { type ModelPlace, modelName, parseModelName } from '../../engine/contract/model-name.ts';
import { formatHash } from './ui.ts';

/** What the form of production trainings opens with: a place of use, or every one that is in use. */
export type TrainTarget = ModelPlace | 'all';

/** Address of the form: `#/queue?train=EURUSD H1 bull_trending`; without a target, of the empty form. */
export function trainHash(target?: TrainTarget): string {
  return formatHash('queue', {
    train: target === undefined ? '' : target === 'all' ? 'all' : modelName(target),
  });
}

/** The other way round; undefined for what names nothing. */
export function readTrainTarget(text: string): TrainTarget | undefined {
  if (text === 'all') return 'all';
  try {
    return parseModelName(text);
  } catch {
    return undefined;
  }
}

/** Address of a production training: its stages and what it came to. */
export function trainingHash(id: string): string {
  return formatHash('queue', { training: id });
}
