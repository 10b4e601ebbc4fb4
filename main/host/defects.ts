import type { Engine } from '../../engine/app.ts';
import { toErrorDto } from '../../engine/contract/errors.ts';

type Surroundings = Pick<NodeJS.Process, 'on' | 'off'>;

/**
 * Calls `end` with the first error that nobody caught, thrown or rejected; it ends the process. Whatever fails on the way
 * there is not told again. Returns the function that ends this.
 */
export function onDefect(end: (error: unknown) => void, around: Surroundings = process): () => void {
  let isEnding = false;
  const listener = (error: unknown) => {
    if (isEnding) return;
    isEnding = true;
    end(error);
  };
  around.on('uncaughtException', listener);
  around.on('unhandledRejection', listener);
  return () => {
    around.off('uncaughtException', listener);
    around.off('unhandledRejection', listener);
  };
}

/**
 * Writes an error that nobody caught to the log, and saves what is trained, each as far as it goes. Returns what to tell the
 * user, in one line.
 */
export function saveOnDefect(
  engine: Pick<Engine, 'report' | 'saveNow'> | undefined,
  error: unknown,
  source: `${string}:${string}`,
): string {
  const { code, message, stack } = toErrorDto(error);
  const line = `Regimen ends: ${message.replace(/\s+/g, ' ')} (a defect of Regimen, not of your input)`;
  attempt(() => engine?.report('error', line, { source, code, stack }));
  attempt(() => engine?.saveNow('Paused when Regimen met an error; the log says which.'));
  return line;
}

function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // The first error is the one to be told.
  }
}
