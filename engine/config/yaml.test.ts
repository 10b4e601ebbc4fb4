import { describe, expect, it } from 'vitest';
import { EngineError } from '../contract/errors.ts';
import { readYaml } from './yaml.ts';

function refusal(text: string): EngineError {
  try {
    readYaml(text, 'grid.yaml');
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('the text was accepted');
}

describe('readYaml', () => {
  it('reads plain values', () => {
    const text = 'a: 1\nb: [x, 2.5, true, null, "6"]\nc:\n  d: 1h\n  e: 2020-01-01\n  f: yes\n  g: "> 1"\n';
    expect(readYaml(text, 'grid.yaml').value).toEqual({
      a: 1,
      b: ['x', 2.5, true, null, '6'],
      c: { d: '1h', e: '2020-01-01', f: 'yes', g: '> 1' },
    });
  });

  it.each(['', '\n', '# comment\n'])('knows %j to be empty', (text) => {
    expect(readYaml(text, 'grid.yaml').value).toBeUndefined();
  });

  it('knows the line of every key and list entry', () => {
    const text =
      '# head\na:\n  b: 1\n\n  "c d":\n    - x\n    - {y: 1,\n       z: 2}\nl: [1,\n  2]\n"l2": |\n  text\n  text\nend: 1\n';
    const { lineOf } = readYaml(text.replaceAll('\n', '\r\n'), 'grid.yaml');
    const places: [(string | number)[], number][] = [
      [[], 1],
      [['a'], 2],
      [['a', 'b'], 3],
      [['a', 'c d'], 5],
      [['a', 'c d', 0], 6],
      [['a', 'c d', 1], 7],
      [['a', 'c d', 1, 'y'], 7],
      [['a', 'c d', 1, 'z'], 8],
      [['l', 0], 9],
      [['l', 1], 10],
      [['l2'], 11],
      [['end'], 14],
    ];
    expect(places.map(([keys]) => [keys, lineOf(keys)])).toEqual(places);
  });

  it('gives the line of what is around a place that is not there', () => {
    const { lineOf } = readYaml('x: 1\na:\n  b: 1\n', 'grid.yaml');
    expect(lineOf(['a', 'missing', 3])).toBe(2);
    expect(lineOf(['missing'])).toBe(1);
  });

  it.each([
    ['duplicate keys', 'a: 1\nb: 2\na: 3', 3, 'duplicated mapping key'],
    ['duplicate keys below', 'a:\n  b: 1\n  b: 1', 3, 'duplicated mapping key'],
    ['anchors', 'a: 1\nb: &x [1]', 2, 'anchors and aliases are not read'],
    ['aliases', 'a: *x', 1, 'anchors and aliases are not read'],
    ['merge keys', 'a: &x {b: 1}\nc:\n  <<: *x', 1, 'anchors and aliases are not read'],
    ['custom tags', 'a: !money 5', 1, 'tags are not read'],
    ['standard tags', 'a:\n  - !!binary aGk=', 2, 'tags are not read'],
    ['prototype keys', 'a: 1\n__proto__: {b: 1}', 2, 'unknown key'],
    ['keys that are no words', '? [a]\n: 1', 1, 'complex keys'],
    ['deep nesting', `a: ${'['.repeat(40)}${']'.repeat(40)}`, 1, 'nesting'],
    ['tabs', 'a:\n\tb: 1', 2, 'tab characters'],
    ['an unclosed list', 'a: [1,\nb: 2', 2, ''],
    [
      'a rule without quotes',
      'rules:\n  volume: > 1',
      2,
      'A rule that begins with > has to stand in quotes.',
    ],
  ])('refuses %s', (_, text, line, message) => {
    const error = refusal(text);
    expect(error.code).toBe('config-invalid');
    expect(error.details).toMatchObject({ file: 'grid.yaml', line });
    expect(error.message).toContain(`grid.yaml line ${line}: `);
    expect(error.message).toContain(message);
  });

  it('refuses a bomb of aliases before it expands', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(9)}*l${i}]`,
    );
    expect(refusal(['l0: &l0 [x]', ...levels].join('\n')).message).toContain(
      'anchors and aliases are not read',
    );
  });

  it('refuses several documents', () => {
    expect(refusal('a: 1\n---\nb: 2\n').message).toBe('grid.yaml holds 2 documents; expected one.');
  });

  it('refuses oversized text without reading it, and counts bytes', () => {
    expect(refusal('ä'.repeat(131_073)).message).toBe(
      'grid.yaml has more than the 256 KB that are read. Is it the right file?',
    );
    expect(readYaml(`a: 1\n# ${'x'.repeat(200_000)}`, 'grid.yaml').value).toEqual({ a: 1 });
  });
});
