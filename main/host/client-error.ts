import { EngineError, type ErrorDto, toErrorDto } from '../../engine/contract/errors.ts';

/** An error as a page gets it. The stack of an error that was thrown on purpose says nothing its message doesn't. */
export function clientError(error: unknown): ErrorDto {
  const { stack, ...dto } = toErrorDto(error);
  return error instanceof EngineError && error.code !== 'internal' ? dto : { ...dto, stack };
}
