import { expect, it } from 'vitest';
import { parameterKey, parameterPath } from './parameter-condition.ts';

it('a hyper-parameter has a key and the path that its value is stored at', () => {
  const paths = ['alpha', 'LONG alpha', 'SHORT n_estimators'].map((name) =>
    parameterPath(parameterKey(name)!),
  );
  expect(paths).toEqual(['$."alpha"', '$."long"."alpha"', '$."short"."n_estimators"']);
  expect(parameterKey('side of it')).toBeNull();
  expect(parameterPath('param.xgboost.eta')).toBe('$."xgboost.eta"');
  expect(parameterPath('param.long')).toBe('$."long"');
});
