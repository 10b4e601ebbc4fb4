import { EngineError } from '../../engine/contract/errors.ts';

/** The error with the file named as its user knows it: a browser's upload lies at a path that says nothing to them. */
export function aboutFile(error: EngineError, path: string, name: string): EngineError {
  if (path === '') return error;
  return new EngineError(error.code, error.message.replaceAll(path, name), error.details);
}
