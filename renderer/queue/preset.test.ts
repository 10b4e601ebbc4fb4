import { expect, it } from 'vitest';
import { EngineError } from '../../engine/contract/errors.ts';
import { fromGrid, toGrid } from './grid-draft.ts';
import { formatPreset, PRESET_BYTES, presetName, readPreset } from './preset.ts';

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
    readPreset(text, 'GRID.yaml');
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('The preset was accepted.');
}

it('reads a grid as the command line does', () => {
  expect(readPreset(TEXT, 'GRID.yaml')).toMatchObject({
    symbols: ['EURUSD'],
    timeframes: ['H1', 'H4'],
    encoders: ['normalized'],
  });
});

it('writes what it reads, through the form and back', () => {
  const grid = toGrid(fromGrid(readPreset(TEXT, 'GRID.yaml')));
  expect(toGrid(fromGrid(readPreset(formatPreset(grid), 'GRID.yaml')))).toEqual(grid);
  expect(formatPreset(grid)).toContain('\nmodel_types: [ridge, lasso]\n');
  expect(grid.hyperparameters).toEqual({ ridge: { alpha: [0.1, 1] } });
});

it('names the key that is wrong', () => {
  const error = refusal(TEXT.replace('days_history', 'days_hystory'));
  expect(error.code).toBe('grid-invalid');
  expect(error.details.problems?.map((p) => p.path).sort()).toEqual(['days_history', 'days_hystory']);
});

it('names the line that is no YAML', () => {
  const error = refusal('name: x\nmodel_types: [ridge\nsymbols: 1\n');
  expect(error.details.line).toBeGreaterThanOrEqual(2);
  expect(error.message).toContain('GRID.yaml');
});

it.each([
  ['an alias', 'name: &a x\nmodel_types: [*a]\n', 'aliases'],
  ['too much', `# ${'x'.repeat(PRESET_BYTES)}\n${TEXT}`, '256 KB'],
  ['a key twice', `${TEXT}\nname: again\n`, 'unique'],
  ['nothing', '', 'whole file'],
])('refuses %s', (_what, text, word) => expect(refusal(text).message).toContain(word));

it('stays below an alias bomb', () => {
  const levels = Array.from({ length: 12 }, (_, i) =>
    i === 0 ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]' : `a${i}: &a${i} [${`*a${i - 1}, `.repeat(9)}x]`,
  );
  expect(refusal(levels.join('\n')).message).toContain('aliases');
});

it('makes a file name of a grid name', () => {
  expect(presetName('My grid / 2')).toBe('my-grid-2.GRID.yaml');
  expect(presetName('../..')).toBe('GRID.yaml');
  expect(presetName('')).toBe('GRID.yaml');
});
