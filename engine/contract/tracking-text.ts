import { counted } from './counted.ts';
import type { TrackingDto } from './dto/index.ts';

const NOUNS: Readonly<Record<keyof TrackingDto['waiting'], string>> = {
  jobs: 'job',
  versions: 'version',
  gates: 'gate',
  validations: 'validation',
  trials: 'trial',
  models: 'model',
};

/** `3 trials and 12 models`; undefined where nothing waits. */
export function waitingText(waiting: TrackingDto['waiting']): string | undefined {
  const parts = Object.entries(NOUNS).flatMap(([kind, noun]) => {
    const count = waiting[kind as keyof TrackingDto['waiting']];
    return count === 0 ? [] : [counted(count, noun)];
  });
  const last = parts.pop();
  return last === undefined || parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

export const NOT_TRACKED =
  'Nothing is tracked. Set mlflow.tracking_uri, or the variable MLFLOW_TRACKING_URI, to the address of an MLflow server.';
