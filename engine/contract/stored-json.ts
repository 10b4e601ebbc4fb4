import { EngineError } from './errors.ts';

/**
 * Reads JSON that Regimen stored itself. `what` names it in the middle of a sentence.
 * @throws EngineError `artifact-damaged`: a text that is none was changed by a disk or another program
 */
export function storedJson<T>(text: string, what: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new EngineError(
      'artifact-damaged',
      `In the database, ${what} can't be read: it is not what was written. All else can be read; "verify" lists what is wrong, and what it can be had from.`,
      {},
      error,
    );
  }
}
