import { EngineError, fromErrorDto, toErrorDto } from '../../engine/contract/errors.ts';

/** Whatever was thrown as the one error type; a defect becomes `internal`. */
export function toEngineError(error: unknown): EngineError {
  return error instanceof EngineError ? error : fromErrorDto(toErrorDto(error));
}
