import type { Handlers } from '../contract/api/index.ts';
import { EngineError } from '../contract/errors.ts';

type Together<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/**
 * One map of the handlers of several families. That none is missing is seen by the type.
 * @throws EngineError `internal` when two families define the same method: one of them would never be called
 */
export function combineHandlers<Families extends readonly Partial<Handlers>[]>(
  ...families: Families
): Together<Families[number]> {
  const combined: Record<string, unknown> = {};
  for (const [method, handler] of families.flatMap((family) => Object.entries(family))) {
    if (Object.hasOwn(combined, method)) {
      throw new EngineError('internal', `The method "${method}" is defined twice.`, { method });
    }
    combined[method] = handler;
  }
  return combined as Together<Families[number]>;
}
