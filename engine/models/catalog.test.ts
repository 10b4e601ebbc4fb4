import { expect, test } from 'vitest';
import { z } from 'zod';
import { EngineError } from '../contract/errors.ts';
import { modelTitle } from '../contract/model-type-names.ts';
import { parameterTitle } from '../contract/parameter-titles.ts';
import { MODEL_TYPES, modelType, parseHyperparameters } from './catalog.ts';
import type { Member, ModelType } from './model.ts';

function problemsIn(action: () => unknown) {
  try {
    action();
  } catch (error) {
    if (error instanceof EngineError) return { code: error.code, problems: error.details.problems };
    throw error;
  }
  throw new Error('expected an EngineError');
}

test('names are unique and lead to their model type', () => {
  expect(new Set(MODEL_TYPES.map((type) => type.name)).size).toBe(MODEL_TYPES.length);
  for (const type of MODEL_TYPES) expect(modelType(type.name)).toBe(type);
});

test('each is called on screen what its title begins with, never by its name', () => {
  for (const { name, title } of MODEL_TYPES) expect(modelTitle(name)).toBe(title.replace(/ \(.*\)$/, ''));
});

test('each hyper-parameter has a title, and no two have the same', () => {
  const names = MODEL_TYPES.flatMap(({ hyperparameters }) =>
    Object.keys(z.toJSONSchema(hyperparameters, { io: 'input' }).properties ?? {}),
  );
  const titles = new Map([...new Set(names)].map((name) => [parameterTitle(name), name]));
  for (const name of names) expect(titles.get(parameterTitle(name)), name).toBe(name);
  for (const [title, name] of titles) expect(title).not.toBe(name);
});

test('an unknown model type is refused with the nearest name and the list', () => {
  expect(() => modelType('laso')).toThrow(
    /Model type "laso" is not known\. Did you mean "lasso"\? Use linear_regression, ridge, /,
  );
});

test('defaults are filled in, and nothing at all means all defaults', () => {
  const elasticnet = modelType('elasticnet');
  expect(parseHyperparameters(elasticnet, { alpha: 0.2 })).toEqual({ alpha: 0.2, l1_ratio: 0.5 });
  expect(parseHyperparameters(elasticnet, undefined)).toEqual({ alpha: 0.01, l1_ratio: 0.5 });
  expect(parseHyperparameters(elasticnet, null)).toEqual({ alpha: 0.01, l1_ratio: 0.5 });
});

test('every bad key is listed with what is allowed', () => {
  const bad = () => parseHyperparameters(modelType('elasticnet'), { alpha: 'much', l1_ratio: 2, alpa: 1 });
  expect(problemsIn(bad)).toEqual({
    code: 'grid-invalid',
    problems: [
      { path: 'alpha', message: 'expected a number from 0.00001 to 10 (default 0.01), found "much"' },
      { path: 'l1_ratio', message: 'expected a number from 0.01 to 1 (default 0.5), found 2' },
      {
        path: 'alpa',
        message: 'elasticnet has no such hyper-parameter. Did you mean "alpha"? It has alpha or l1_ratio',
      },
    ],
  });
  expect(bad).toThrow(
    /hyper-parameters of elasticnet can't be used: alpha: expected .*; l1_ratio: expected .*; alpa: /,
  );
});

test('a model type without hyper-parameters says so', () => {
  expect(
    problemsIn(() => parseHyperparameters(modelType('linear_regression'), { alpha: 1 })).problems,
  ).toEqual([{ path: 'alpha', message: 'linear_regression has no hyper-parameters' }]);
});

test('a list or a plain value in place of keys is refused', () => {
  expect(problemsIn(() => parseHyperparameters(modelType('ridge'), 3)).problems).toEqual([
    { path: '', message: 'expected keys and values, found 3' },
  ]);
});

test('whole numbers, choices, switches and rules between keys are explained, too', () => {
  const hyperparameters = z
    .strictObject({
      depth: z.int().min(1).max(12).default(6),
      growth: z.enum(['leaf', 'level']).default('leaf'),
      bagging: z.boolean().default(true),
      name: z.string().optional(),
    })
    .refine((p) => p.growth === 'leaf' || p.depth > 1, {
      path: ['growth'],
      error: 'level needs a depth of 2',
    });
  const type = { name: 'sample', hyperparameters } as unknown as ModelType<unknown, Member>;
  const messages = (raw: unknown) =>
    problemsIn(() => parseHyperparameters(type, raw)).problems?.map((p) => p.message);
  expect(messages({ depth: 1.5, growth: 'both', bagging: 1, name: 2 })).toEqual([
    'expected a whole number from 1 to 12 (default 6), found 1.5',
    'expected leaf or level (default leaf), found "both"',
    'expected true or false (default true), found 1',
    'Invalid input: expected string, received number',
  ]);
  expect(messages({ depth: 1, growth: 'level' })).toEqual(['level needs a depth of 2']);
});
