import { describe, expect, it } from 'vitest';
import { EngineError } from '../contract/errors.ts';
import { DEFAULT_REGIMES } from './defaults.ts';
import { parseRegime, regimesDigest, regimesSchema } from './definition.ts';

function problemsFor(raw: unknown): Record<string, string> {
  try {
    parseRegime(raw);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    expect(error.code).toBe('invalid-input');
    return Object.fromEntries((error.details.problems ?? []).map(({ path, message }) => [path, message]));
  }
  throw new Error('the regime was accepted');
}

describe('parseRegime', () => {
  it('fills in title, description and activity, and spells rules one way', () => {
    const rules = { volume: ['>2 X average', '< 5e3'], trend_strength: '>= 0.70' };
    expect(parseRegime({ name: 'busy_trend', rules })).toEqual({
      name: 'busy_trend',
      title: 'Busy trend',
      description: '',
      active: true,
      rules: { trend_strength: '>= 0.7', volume: '> 2x average and < 5000' },
    });
  });

  it('reads its own output back unchanged', () => {
    for (const regime of DEFAULT_REGIMES) expect(parseRegime(regime)).toEqual(regime);
  });

  it('reports every problem at once, each at its place', () => {
    const problems = problemsFor({
      name: 'Bull!',
      activ: true,
      title: 7,
      rules: { trend_strenght: '> 1', volatility: '> 75 percntile', volume: 5, range: [] },
    });
    expect(Object.keys(problems).sort()).toEqual([
      'activ',
      'name',
      'rules.range',
      'rules.trend_strenght',
      'rules.volatility',
      'rules.volume',
      'title',
    ]);
    expect(problems.activ).toBe('unknown key. Did you mean "active"?');
    expect(problems.name).toContain('found "Bull!"');
    expect(problems['rules.trend_strenght']).toBe('unknown key. Did you mean "trend_strength"?');
    expect(problems['rules.volatility']).toContain('character 6');
    expect(problems['rules.volume']).toContain('found 5');
  });

  it.each([
    ['no object', 5, '', 'expected a regime, found 5'],
    ['no rules', { name: 'a' }, 'rules', 'found nothing'],
    ['empty rules', { name: 'a', rules: {} }, 'rules', 'at least one rule'],
    [
      'a rule that is not there',
      { name: 'a', rules: { volume: undefined } },
      'rules.volume',
      'found nothing',
    ],
    ['the reserved name', { name: 'unclassified', rules: { volume: '> 1' } }, 'name', 'choose another'],
    [
      'an overlong title',
      { name: 'a', title: 'x'.repeat(61), rules: { volume: '> 1' } },
      'title',
      'at most 60',
    ],
  ])('refuses %s', (_, raw, path, message) => {
    expect(problemsFor(raw)[path]).toContain(message);
  });
});

describe('regimesSchema', () => {
  it('refuses a name that is there twice', () => {
    const result = regimesSchema.safeParse([...DEFAULT_REGIMES, DEFAULT_REGIMES[1]]);
    expect(result.error?.issues).toMatchObject([
      { path: [4, 'name'], message: '"bear_trending" is already the name of regime 2 in the list' },
    ]);
  });
});

describe('regimesDigest', () => {
  const bull = DEFAULT_REGIMES[0]!;
  const bear = DEFAULT_REGIMES[1]!;
  const digest = regimesDigest([bull, bear]);

  it('ignores what labels do not depend on', () => {
    const renamed = { ...bull, title: 'Up', description: 'other' };
    const reordered = { ...bear, rules: { returns: '< 0', trend_strength: '> 0.7' } };
    const inactive = { ...bull, name: 'resting', active: false };
    expect(regimesDigest([renamed, inactive, reordered])).toBe(digest);
    const twoConditions = (rule: string) => regimesDigest([{ ...bull, rules: { volume: rule } }]);
    expect(twoConditions('> 1 and < 3')).toBe(twoConditions('< 3 and > 1 and > 1'));
  });

  it('changes with everything they do depend on', () => {
    const others = [
      [bear, bull],
      [bull],
      [bull, { ...bear, name: 'falling' }],
      [bull, { ...bear, rules: { ...bear.rules, trend_strength: '>= 0.7' } }],
      [bull, { ...bear, rules: { ...bear.rules, trend_strength: '> 70th percentile' } }],
      [bull, { ...bear, rules: { trend_strength: '> 0.7' } }],
    ].map(regimesDigest);
    expect(new Set([digest, ...others]).size).toBe(others.length + 1);
  });
});
