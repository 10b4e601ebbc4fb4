import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BadInput, createSandbox, type Sandbox } from './testing/sandbox.ts';

/**
 * Whatever is wrong with a grid: exit status 3, a message on stderr that names the place, one JSON document on
 * stdout with --json, and a workspace of which no byte has changed.
 */

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.remove());
beforeEach(() => sandbox.reset());

const train =
  (changes: Readonly<Record<string, unknown>>) =>
  ({ grid }: Sandbox) => ['train', grid(changes)];
const trainText =
  (text: string | Uint8Array) =>
  ({ file }: Sandbox) => ['train', file('grid.yaml', text)];

const GRIDS: readonly BadInput[] = [
  {
    title: 'an unknown key',
    argv: train({ color: 'red' }),
    code: 'grid-invalid',
    says: ['grid.yaml', 'color: unknown key', 'model_types'],
  },
  {
    title: 'a mistyped key',
    argv: train({ horizon: [3] }),
    code: 'grid-invalid',
    says: ['horizon: unknown key. Did you mean "horizons"?'],
  },
  {
    title: 'missing keys, all at once',
    argv: trainText('name: x\nsymbols: EURUSD\n'),
    code: 'grid-invalid',
    says: ['model_types: ', 'timeframes: ', 'days_history: ', 'horizons: expected a value or a list'],
  },
  { title: 'nothing', argv: trainText(''), code: 'grid-invalid', says: ['grid.yaml', 'symbols: '] },
  {
    title: 'a list instead of keys',
    argv: trainText('- a\n- b\n'),
    code: 'grid-invalid',
    says: ['(whole file): expected a section of keys, found a list'],
  },
  {
    title: 'an empty axis',
    argv: train({ horizons: [] }),
    code: 'grid-invalid',
    says: ['horizons: expected at least one entry'],
  },
  {
    title: 'a mistyped model type',
    argv: train({ model_types: ['lasso', 'rigde'] }),
    code: 'grid-invalid',
    says: ['grid.yaml', 'model_types[1]', '"rigde"', 'Did you mean "ridge"?'],
  },
  {
    title: 'an unknown model type',
    argv: train({ model_types: ['transformer'] }),
    code: 'grid-invalid',
    says: ['model_types[0]', '"transformer"', 'linear_regression'],
  },
  {
    title: 'a hyper-parameter out of bounds',
    argv: train({ hyperparameters: { ridge: { alpha: -1 } } }),
    code: 'grid-invalid',
    says: ['grid.yaml', 'hyperparameters.ridge.alpha: expected a number from', 'found -1'],
  },
  {
    title: 'a mistyped hyper-parameter',
    argv: train({ hyperparameters: { ridge: { alhpa: 1 } } }),
    code: 'grid-invalid',
    says: ['hyperparameters.ridge.alhpa', 'Did you mean "alpha"?'],
  },
  {
    title: 'hyper-parameters of a model type that is not in the grid',
    argv: train({ hyperparameters: { lasso: { alpha: 1 } } }),
    code: 'grid-invalid',
    says: ['hyperparameters.lasso', 'not among'],
  },
  {
    title: 'an unknown indicator',
    argv: train({ indicator_timeframes: { rsx: 'H1' } }),
    code: 'grid-invalid',
    says: ['indicator_timeframes.rsx: unknown key. Did you mean "rsi"?'],
  },
  {
    title: 'an unknown encoder',
    argv: train({ encoders: ['normalizd'] }),
    code: 'grid-invalid',
    says: ['encoders[0]: "normalizd" is no encoder', 'Did you mean "normalized"?'],
  },
  {
    title: 'a symbol without candles',
    argv: train({ symbols: ['EURUSD', 'EURUSX'] }),
    code: 'grid-invalid',
    says: [
      'grid.yaml',
      'symbols[1]: "EURUSX" has no candles',
      'Did you mean "EURUSD"?',
      'regimen market import FILE',
    ],
  },
  {
    title: 'a symbol without candles, only looked at',
    argv: ({ grid }) => ['grid', 'preview', grid({ symbols: ['GBPUSD'] })],
    code: 'grid-invalid',
    says: ['grid.yaml', 'symbols[0]: "GBPUSD" has no candles'],
  },
  {
    title: 'an unknown timeframe',
    argv: train({ timeframes: ['H1', 'MN1'] }),
    code: 'grid-invalid',
    says: ['timeframes[1]: "MN1" is no timeframe'],
  },
  {
    title: 'a timeframe shorter than what is stored',
    argv: train({ timeframes: ['M15'] }),
    code: 'grid-invalid',
    says: ['timeframes[0]: EURUSD has no candles for M15'],
  },
  {
    title: 'more days than there are',
    argv: train({ days_history: [60, 600] }),
    code: 'grid-invalid',
    says: ['grid.yaml', 'days_history[1]: EURUSD H1', '600 days', /Use at most \d+ days/],
  },
  {
    title: 'days that are none',
    argv: train({ days_history: [0, 'many'] }),
    code: 'grid-invalid',
    says: ['days_history[0]: expected a whole number of days', 'days_history[1]', 'found "many"'],
  },
  {
    title: 'a horizon longer than the window',
    argv: train({ horizons: [3, 500] }),
    code: 'grid-invalid',
    says: ['grid.yaml', 'horizons[1]: EURUSD H1 with 60 days', 'horizon 500', 'a shorter horizon'],
  },
  {
    title: 'a file that is not there',
    argv: ({ root }) => ['train', `${root}/nowhere.yaml`],
    code: 'file-unreadable',
    says: ['nowhere.yaml', 'There is no file'],
  },
  {
    title: 'a folder',
    argv: ({ root }) => ['train', root],
    code: 'file-unreadable',
    says: ['is a folder, not a file'],
  },
  {
    title: 'a key given twice',
    argv: trainText('model_types: ridge\nhorizons: 3\nsymbols: EURUSD\nhorizons: 6\n'),
    code: 'grid-invalid',
    says: ['grid.yaml line 4', 'duplicated mapping key', 'horizons: 6'],
  },
  {
    title: 'text that is no YAML',
    argv: trainText('model_types: [ridge\nsymbols: EURUSD\n'),
    code: 'grid-invalid',
    says: ['grid.yaml line 2'],
  },
  {
    title: 'no text at all',
    argv: trainText(Uint8Array.of(0, 1, 2, 255, 254)),
    code: 'grid-invalid',
    says: ['grid.yaml is no text'],
  },
];

describe('a grid', () => {
  it.each(GRIDS)('$title', async ({ argv, code, says }) => {
    const refusal = await sandbox.refusal(argv(sandbox));
    expect(refusal).toMatchObject({ status: 3, code, changed: [] });
    for (const words of says) {
      if (typeof words === 'string') expect(refusal.stderr).toContain(words);
      else expect(refusal.stderr).toMatch(words);
    }
    // Neither a stack nor a value that was forgotten.
    expect(refusal.stderr).not.toMatch(/\n\s+at |undefined|\[object|NaN/);
  });
});
