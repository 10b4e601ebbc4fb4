import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editYaml, type KeyPath } from './edit.ts';
import { readYaml } from './yaml.ts';

const TEXT = `# My own settings

# Two cores are for me.
queue:
  # Not more
  threads: 2   # of four
  # since May
  skip_already_trained: true

costs:
  symbols: { EURUSD: { spread_pips: 1.0 } }  # from my broker
  default:
inference_grid:
  lookback_windows: [50, 100]
`;

const set = (path: string, value: unknown) => ({ keys: path.split('.') as unknown as KeyPath, value });
const remove = (path: string) => set(path, undefined);

/** Comments of a text, in order. */
const comments = (text: string) => [...text.matchAll(/# *(.*)$/gm)].map(([, comment]) => comment);

describe('editYaml', () => {
  it('sets values and keeps every comment where it was', () => {
    const edited = editYaml(TEXT, [
      set('queue.threads', 'auto'),
      set('costs.default.spread_pips', 1.5),
      set('inference_grid.lookback_windows', [20, 30]),
      set('training.seed', 7),
    ]);
    expect(edited).toBe(`# My own settings

# Two cores are for me.
queue:
  # Not more
  threads: auto # of four
  # since May
  skip_already_trained: true

costs:
  symbols: {EURUSD: {spread_pips: 1.0}} # from my broker
  default:
    spread_pips: 1.5
inference_grid:
  lookback_windows: [20, 30]
training:
  seed: 7
`);
  });

  it('takes keys out, and sections with them that are left with neither keys nor comments', () => {
    const edited = editYaml(TEXT, [
      remove('queue.skip_already_trained'),
      remove('inference_grid.lookback_windows'),
      remove('costs.symbols.EURUSD.spread_pips'),
      remove('no.such.key'),
    ]);
    expect(readYaml(edited, 'x').value).toEqual({
      queue: { threads: 2 },
      costs: { symbols: {}, default: null },
    });
    expect(comments(edited)).toEqual(comments(TEXT));
  });

  it('keeps the comments of a section without keys', () => {
    const edited = editYaml(TEXT, [remove('queue.threads'), remove('queue.skip_already_trained')]);
    expect(readYaml(edited, 'x').value).toMatchObject({ queue: {} });
    expect(comments(edited)).toEqual([
      'My own settings',
      'Two cores are for me.',
      'Not more',
      'since May',
      'from my broker',
    ]);
  });

  it('begins an empty file, and leaves one with its comments only', () => {
    expect(editYaml('', [set('training.seed', 7)])).toBe('training:\n  seed: 7\n');
    expect(editYaml('# mine\n', [set('training.seed', 7)])).toBe('# mine\n\ntraining:\n  seed: 7\n');
    expect(editYaml('training:\n  seed: 7\n', [remove('training.seed')])).toBe('');
    expect(editYaml('# mine\ntraining:\n  seed: 7\n', [remove('training.seed')])).toBe('# mine\n');
    expect(editYaml('# mine\n\ntraining:\n  seed: 7\n', [remove('training.seed')])).toBe('# mine\n');
  });

  it('writes any text so that the safe reader reads it back', () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom(
        '> 0.7',
        '>= 75th percentile',
        'yes',
        'null',
        '1e3',
        '- a',
        'a: b',
        '#no',
        '&a',
        '*a',
        '!x',
        "'",
        '"',
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.record({ name: word, rules: fc.record({ volume: word }) })), (definitions) => {
        const edited = editYaml(TEXT, [set('regimes.definitions', definitions)]);
        expect(readYaml(edited, 'x').value).toMatchObject({
          regimes: { definitions },
          queue: { threads: 2 },
        });
      }),
    );
  });
});
