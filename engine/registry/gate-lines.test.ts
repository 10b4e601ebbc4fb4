import { describe, expect, test } from 'vitest';
import type { CriterionResult } from '../contract/criteria.ts';
import { comparisonLine, criterionLine, verdictLine } from './gate-lines.ts';

const accuracy = (value: number, threshold = 0.6): CriterionResult => ({
  metric: 'accuracy',
  errors: 0,
  bound: 'least',
  threshold,
  value,
  baseRate: 0.51,
  met: value >= threshold,
  distance: value - threshold,
});

describe('a line', () => {
  test('of a threshold says base rate, lift and by how much it is missed', () => {
    expect(criterionLine(accuracy(0.57))).toMatchObject({
      state: 'missed',
      base: 0.51,
      text: 'Accuracy is 0.57, at least 0.60 is asked, missed by 0.03 (base rate 0.51, lift +0.06).',
    });
    expect(criterionLine(accuracy(0.61)).state).toBe('met');
  });

  test.each([
    ['strong', 'suggestive', 'met'],
    ['suggestive', 'suggestive', 'met'],
    ['suggestive', 'strong', 'missed'],
    ['none', 'suggestive', 'missed'],
    ['too little data', 'suggestive', 'missed'],
    ['contradicted', 'suggestive', 'missed'],
    ['contradicted', 'none', 'skipped'],
  ] as const)('of the verdict %s where %s is asked is %s', (verdict, least, state) => {
    expect(verdictLine({ verdict, reason: 'So it is.' }, least).state).toBe(state);
  });

  test('without a verdict is missed', () => {
    expect(verdictLine(null, 'suggestive').state).toBe('missed');
  });

  test.each([
    ['better', 'met'],
    ['not worse', 'met'],
    ['worse', 'missed'],
  ] as const)('of a comparison that is %s is %s', (judgement, state) => {
    const compared = {
      version: 'a',
      against: 'b',
      judgement,
      mean: -1e-4,
      low: -2e-4,
      high: 1e-5,
      days: 120,
      folds: 3,
    };
    const { text, ...found } = comparisonLine(compared);
    expect(found.state).toBe(state);
    expect(text).toContain(
      '−1.00 basis points a day (95 %: −2.00 to +0.10) over 120 market days in 3 test windows',
    );
  });
});
