import { EngineError } from '../contract/errors.ts';
import { readTarget, type TargetName, type WrittenTarget } from '../contract/target-names.ts';
import { barrier } from './barrier.ts';
import { direction } from './direction.ts';
import { outcome } from './outcome.ts';
import { returnTarget } from './return.ts';
import type { Target } from './target.ts';

/** Everything that models can learn. A new one is a file, its name in `TARGETS`, and a line here. */
const BY_NAME: Readonly<Record<TargetName, Target>> = {
  return: returnTarget,
  direction,
  barrier,
  outcome,
};

export const TARGET_TYPES: readonly Target[] = Object.values(BY_NAME);

/**
 * A configuration's target with what is written beside its name.
 * @throws EngineError `invalid-input` for a text that is none
 */
export function targetOf(text: string): WrittenTarget & { readonly type: Target } {
  const written = readTarget(text);
  if (written === undefined) {
    throw new EngineError(
      'invalid-input',
      `Expected a target such as return or outcome 2:1, found "${text}".`,
    );
  }
  return { ...written, type: BY_NAME[written.name] };
}
