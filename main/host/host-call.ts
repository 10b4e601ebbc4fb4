import type { Engine } from '../../engine/app.ts';
import { apiInputs, type Method, type RawInput } from '../../engine/contract/api/index.ts';
import { EngineError } from '../../engine/contract/errors.ts';
import { didYouMean } from '../../engine/contract/nearest.ts';
import type { FileGate } from './file-gate.ts';

/** An Api call as it comes from outside: nothing about it is known yet. */
export type HostCall = (method: unknown, input: unknown) => Promise<unknown>;

/** The way from a page to the engine that window and server share: method and paths are checked, then the engine is. */
export function createHostCall(engine: Pick<Engine, 'call'>, gate: FileGate): HostCall {
  return async (method, input) => {
    if (!isMethod(method)) {
      const name = String(method).slice(0, 100);
      throw new EngineError(
        'not-found',
        `There is no method ${JSON.stringify(name)}.${didYouMean(name, Object.keys(apiInputs))}`,
      );
    }
    // The engine validates the input with the method's schema; until then it is of no type.
    const result = await engine.call(method, gate.check(method, input) as RawInput<typeof method>);
    gate.noteResult(method, result);
    return result;
  };
}

function isMethod(method: unknown): method is Method {
  return typeof method === 'string' && Object.hasOwn(apiInputs, method);
}
