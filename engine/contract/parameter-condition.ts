import { isSide } from './hyperparameters.ts';

/**
 * Hyper-parameters as the history is filtered by them: `param.alpha`, and `param.long.alpha` where the models of a target that is about
 * trades differ.
 */
export const PARAMETER_PREFIX = 'param.';
/** Stands for all of them in the list of what can be compared. */
export const ANY_PARAMETER = `${PARAMETER_PREFIX}NAME`;

const SIDED = /^(LONG|SHORT) (\w+)$/;

/** `alpha` -> `param.alpha`, `LONG alpha` -> `param.long.alpha`: of a name that `namedHyperparameters` gives. Null for one that no condition could name. */
export function parameterKey(name: string): string | null {
  const [, side, own] = SIDED.exec(name) ?? [];
  if (side !== undefined) return `${PARAMETER_PREFIX}${side.toLowerCase()}.${own}`;
  return /^\w+$/.test(name) ? `${PARAMETER_PREFIX}${name}` : null;
}

/** Where stored hyper-parameters hold it, as a path of JSON. */
export function parameterPath(key: string): string {
  const [first = '', ...rest] = key.slice(PARAMETER_PREFIX.length).split('.');
  const names = isSide(first) && rest.length > 0 ? [first, rest.join('.')] : [[first, ...rest].join('.')];
  return ['$', ...names.map((name) => `"${name}"`)].join('.');
}
