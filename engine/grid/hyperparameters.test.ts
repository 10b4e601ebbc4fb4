import { describe, expect, it } from 'vitest';
import type { EngineError } from '../contract/errors.ts';
import { parseGridSpec } from '../contract/grid.ts';
import { expandHyperparameters } from './hyperparameters.ts';

const specOf = (changes: object) =>
  parseGridSpec({
    model_types: ['ridge', 'elasticnet'],
    symbols: 'EURUSD',
    timeframes: 'H1',
    days_history: 60,
    horizons: 3,
    ...changes,
  });

function problemsOf(changes: object): string[] {
  try {
    expandHyperparameters(specOf(changes));
  } catch (error) {
    const { code, details } = error as EngineError;
    expect(code).toBe('grid-invalid');
    return (details.problems ?? []).map(({ path, message }) => `${path}: ${message}`);
  }
  return [];
}

describe('expandHyperparameters', () => {
  it('makes every list an axis and fills in the defaults', () => {
    const variants = expandHyperparameters(
      specOf({ hyperparameters: { elasticnet: { alpha: [0.01, 0.1], l1_ratio: [0.2, 0.5, 0.8] } } }),
    );
    const [ridge, ...nets] = variants;
    expect(ridge).toEqual({ modelType: 'ridge', hyperparameters: { alpha: 1 } });
    expect(nets).toHaveLength(6);
    const pairs = nets.map(({ hyperparameters }) => Object.values(hyperparameters));
    expect(pairs).toEqual([
      [0.01, 0.2],
      [0.1, 0.2],
      [0.01, 0.5],
      [0.1, 0.5],
      [0.01, 0.8],
      [0.1, 0.8],
    ]);
  });

  it('takes a default that is written out for the default', () => {
    const variants = expandHyperparameters(
      specOf({ model_types: 'ridge', hyperparameters: { ridge: { alpha: [1, 2, 1] } } }),
    );
    expect(variants.map((v) => v.hyperparameters)).toEqual([{ alpha: 1 }, { alpha: 2 }]);
  });

  it('reports every problem at its place, and each once', () => {
    const problems = problemsOf({
      model_types: ['ridge', 'elasticnet', 'rigde'],
      hyperparameters: {
        ridge: { alpha: [-1, -1], beta: 1 },
        elasticnet: { l1_ratio: [0.5, 7] },
        laso: { alpha: 1 },
      },
    });
    expect(problems).toHaveLength(5);
    expect(problems).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^hyperparameters\.ridge\.alpha: expected a number from .*, found -1$/),
        expect.stringMatching(/^hyperparameters\.ridge\.beta: /),
        expect.stringMatching(/^hyperparameters\.elasticnet\.l1_ratio: expected .*, found 7$/),
        expect.stringMatching(/^model_types\[2\]: .*"rigde".*Did you mean "ridge"\?/),
        expect.stringMatching(/^hyperparameters\.laso: "laso" is not among this grid's model_types/),
      ]),
    );
  });
});

describe('LONG and SHORT with hyper-parameters of their own', () => {
  const trees = { model_types: 'elasticnet', targets: ['barrier', 'outcome 3:1'] };
  const sided = (elasticnet: object, changes: object = {}) => ({
    ...trees,
    hyperparameters: { elasticnet },
    ...changes,
  });

  it('are a pair each, of every combination; equal ones are one', () => {
    const variants = expandHyperparameters(
      specOf(sided({ long: { alpha: [0.1, 0.2] }, short: { alpha: [0.2, 0.3] } })),
    );
    const net = (alpha: number) => ({ alpha, l1_ratio: 0.5 });
    expect(variants.map(({ hyperparameters }) => hyperparameters)).toEqual([
      { long: net(0.1), short: net(0.2) },
      net(0.2),
      { long: net(0.1), short: net(0.3) },
      { long: net(0.2), short: net(0.3) },
    ]);
    const [one, ...others] = expandHyperparameters(specOf(sided({ long: {}, short: { l1_ratio: 0.5 } })));
    expect(others).toEqual([]);
    expect(one).toEqual(expandHyperparameters(specOf(trees))[0]);
  });

  it.each([
    [
      { long: { alpha: -1 }, short: { beta: 1 } },
      {},
      ['elasticnet.long.alpha: expected a number', 'elasticnet.short.beta: '],
    ],
    [
      { long: {}, short: {} },
      { targets: ['barrier', 'return'] },
      ['elasticnet: long and short are the two models of barrier and outcome; return, '],
    ],
    [{ long: {}, short: {} }, { targets: undefined }, ['elasticnet: long and short are the two models']],
  ])('%j is refused where it is wrong', (elasticnet, changes, expected) => {
    const problems = problemsOf(sided(elasticnet, changes));
    expect(problems).toHaveLength(expected.length);
    expected.forEach((text, i) => {
      expect(problems[i]).toContain(`hyperparameters.${text}`);
    });
  });

  it.each([
    [{ long: {} }, 'hyperparameters.elasticnet: short is missing'],
    [{ long: {}, short: {}, alpha: 1 }, 'hyperparameters.elasticnet.alpha: stands beside the sections'],
    [
      { alpha: { low: 1 } },
      'hyperparameters.elasticnet.alpha: expected a value or a list of values, found a section',
    ],
    [{ long: {}, short: 3 }, 'hyperparameters.elasticnet.short: stands beside'],
  ])('%j is no pair', (elasticnet, message) => {
    expect(() => specOf(sided(elasticnet))).toThrow(message);
  });
});

it('an agent has one target', () => {
  expect(problemsOf({ model_types: ['ridge', 'q_agent'], targets: ['return', 'direction'] })).toEqual([
    expect.stringMatching(
      /^model_types\[1\]: q_agent learns from what positions come to.*has direction among/,
    ),
  ]);
  expect(problemsOf({ model_types: ['ridge', 'q_agent'] })).toEqual([]);
});
