import { expect, it } from 'vitest';
import { EngineError } from '../contract/errors.ts';
import { gridSpecSchema, YAML_BYTES } from '../contract/grid.ts';
import { createGrid } from './grid.ts';
import { gridText, readGridText } from './text.ts';

const TEXT = `
name: My grid
model_types: [ridge, lasso]
symbols: EURUSD
timeframes: [1h, H4]
days_history: [30, 90]
horizons: [3]
hyperparameters:
  ridge: { alpha: [0.1, 1] }
`;

function refusal(text: string): EngineError {
  try {
    readGridText(text, 'GRID.yaml');
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('The grid was accepted.');
}

it('reads aliases of timeframes, lists of one without brackets, and what is left out', () => {
  expect(readGridText(TEXT, 'GRID.yaml')).toMatchObject({
    symbols: ['EURUSD'],
    timeframes: ['H1', 'H4'],
    encoders: ['normalized'],
  });
});

it('writes what it reads, lists on one line', () => {
  const grid = { ...readGridText(TEXT, 'GRID.yaml'), name: 'true: "a" # b' };
  expect(readGridText(gridText(grid), 'GRID.yaml')).toEqual(grid);
  expect(gridText(grid)).toContain('\nmodel_types: [ridge, lasso]\n');
});

it('names the key that is wrong', () => {
  const error = refusal(TEXT.replace('days_history', 'days_hystory'));
  expect(error.code).toBe('grid-invalid');
  expect(error.details.problems?.map((p) => p.path).sort()).toEqual(['days_history', 'days_hystory']);
});

it('names the line that is no YAML', () => {
  const error = refusal('name: x\nmodel_types: [ridge\nsymbols: 1\n');
  expect(error.code).toBe('grid-invalid');
  expect(error.details.line).toBeGreaterThanOrEqual(2);
  expect(error.message).toContain('GRID.yaml');
});

it.each([
  ['an alias', 'name: &a x\nmodel_types: [*a]\n', 'aliases'],
  ['too much', `# ${'x'.repeat(YAML_BYTES)}\n${TEXT}`, '256 KB'],
  ['a key twice', `${TEXT}\nname: again\n`, 'duplicated'],
  ['nothing', '', 'model_types'],
])('refuses %s', (_what, text, word) => expect(refusal(text).message).toContain(word));

it('stays below an alias bomb', () => {
  const levels = Array.from({ length: 12 }, (_, i) =>
    i === 0 ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]' : `a${i}: &a${i} [${`*a${i - 1}, `.repeat(9)}x]`,
  );
  expect(refusal(levels.join('\n')).message).toContain('aliases');
});

it('reads classifier as a type with target direction, and rl_agent as q_agent', () => {
  const read = (types: string, more = '') =>
    readGridText(TEXT.replace('[ridge, lasso]', types).replace(/hyperparameters.*/s, more), 'GRID.yaml');
  expect(read('Classifier')).toMatchObject({ model_types: ['ridge'], targets: ['direction'] });
  expect(read('[xgb, classifier]', 'targets: [return, direction]')).toMatchObject({
    model_types: ['xgboost', 'ridge'],
    targets: ['return', 'direction'],
  });
  expect(read('[rl_agent, RL-Agent]')).toMatchObject({
    model_types: ['q_agent', 'q_agent'],
    targets: ['return'],
  });
  // As JSON, where nobody can tell whether it was listed, the return alone is as no target.
  const asJson = (types: string[], targets: string[]) =>
    createGrid({ ...gridSpecSchema.parse(read('ridge')), model_types: types, targets }).spec;
  expect(asJson(['classifier'], ['return'])).toMatchObject({
    model_types: ['ridge'],
    targets: ['direction'],
  });
  expect(asJson(['classifier', 'lasso'], ['direction'])).toMatchObject({ model_types: ['ridge', 'lasso'] });
  // Beside other types the target would be theirs, too: it is asked for.
  expect(() => createGrid(read('[xgb, classifier]'))).toThrow(/list target direction/);
});
