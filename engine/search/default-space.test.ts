import { describe, expect, it } from 'vitest';
import { MODEL_TYPES, parseHyperparameters } from '../models/catalog.ts';
import { defaultSpace, mergedSpace, SEARCHED_TYPES } from './default-space.ts';
import { randomSampler, trialPrng } from './sampler.ts';
import { spaceProblems } from './space.ts';

describe('default spaces', () => {
  it('are there for every model type of the catalog', () => {
    expect(SEARCHED_TYPES.toSorted()).toEqual(MODEL_TYPES.map(({ name }) => name).sort());
  });

  it.each(MODEL_TYPES.map((type) => [type.name, type] as const))(
    '%s: whatever is drawn can be trained, and so can the ends',
    (name, type) => {
      const space = defaultSpace(name);
      expect(spaceProblems(space)).toEqual([]);
      const ends = (pick: 'low' | 'high') =>
        Object.fromEntries(
          space.map(({ name: key, domain }) => [
            key,
            domain.type === 'categorical' ? domain.choices.at(-1)! : domain[pick],
          ]),
        );
      const drawn = Array.from({ length: 50 }, (_, i) => randomSampler(space, [], trialPrng(1, i)));
      for (const values of [ends('low'), ends('high'), ...drawn]) {
        expect(parseHyperparameters(type, values)).toMatchObject(values);
      }
    },
  );
});

describe('a space that a search changes', () => {
  const base = defaultSpace('gradient_boosting');

  it('takes out, replaces and adds', () => {
    const { space, problems } = mergedSpace(base, {
      subsample: null,
      max_depth: { domain: { type: 'int', low: 2, high: 4 } },
      max_bin: { domain: { type: 'categorical', choices: [64, 256] } },
    });
    expect(problems).toEqual([]);
    expect(space.map(({ name }) => name)).toEqual([
      'n_estimators',
      'learning_rate',
      'max_depth',
      'min_samples_leaf',
      'max_bin',
    ]);
    expect(space[2]!.domain).toEqual({ type: 'int', low: 2, high: 4 });
  });

  it.each([
    [{ type: 'int', low: 4, high: 2 }, 'expected a range that goes up, found 4 to 2'],
    [{ type: 'int', low: 1.5, high: 2 }, 'expected whole numbers, found 1.5 to 2'],
    [{ type: 'float', low: 0, high: 2, log: true }, 'expected a range above 0 for log, found 0 to 2'],
    [{ type: 'categorical', choices: [] }, 'expected at least one choice, found none'],
  ] as const)('says what is wrong with %j', (domain, message) => {
    expect(mergedSpace(base, { max_depth: { domain } }).problems).toEqual([{ name: 'max_depth', message }]);
  });

  it('says on what a parameter can not depend', () => {
    const when = { name: 'max_bin', values: [256] };
    const { problems } = mergedSpace(base, { max_depth: { domain: base[2]!.domain, when } });
    expect(problems).toEqual([
      { name: 'max_depth', message: 'it depends on max_bin, which does not come before it' },
    ]);
  });
});
