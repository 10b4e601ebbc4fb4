import { expect, test } from 'vitest';
import type { CriterionResult } from '../contract/criteria.ts';
import { type WayWords, waysText } from '../contract/gate-ways.ts';
import { criterionLine, line, verdictLine } from './gate-lines.ts';
import { refusalOf } from './gate-refusal.ts';

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

const WORDS: WayWords = {
  search: 'S',
  period: 'P',
  preset: 'T',
  least: (figures) => figures.map(([figure, value]) => `${figure} at ${value}`).join(),
  full: 'F',
  noVerdict: 'N',
  force: 'X',
};

test('a refusal names every line that is missed, by how much, and base rates; the ways on stand beside it', () => {
  const lines = [
    criterionLine(accuracy(0.578)),
    line('expiry', 'Expiry', 'missed', 'It expired on 2026-01-01.'),
  ];
  const { refusal, ways } = refusalOf(lines, [accuracy(0.578)]);
  expect(refusal).toBe(
    'Model not promoted: accuracy 0.58 of 0.60 (base rate 0.51); it expired on 2026-01-01.',
  );
  expect(ways).toEqual([
    { way: 'preset', accuracy: 0.6, rankCorrelation: expect.closeTo(0.309, 3) },
    { way: 'better', least: { accuracy: 0.57 } },
    { way: 'renew' },
  ]);
});

test('ways on name the controls of a host, and none without one', () => {
  const { ways } = refusalOf(
    [
      criterionLine(accuracy(0.57)),
      verdictLine(null, 'suggestive'),
      line('comparison', 'Against production', 'missed', 'Worse.'),
    ],
    [accuracy(0.57)],
  );
  expect(waysText(ways, WORDS)).toBe(
    'An accuracy of 0.60 on balanced classes takes a rank correlation of about 0.31; what evidence can ask is the list two_errors (T). Search its parameters (S), use more history (P), or accept less (accuracy at 0.57). Validate it in full, which can confirm what a few windows can not (F), or do without evidence (N). Leave in charge what is there, or do without the comparison (X).',
  );
  expect(waysText(ways, null)).toContain(
    'Search its parameters, use more history, or accept less (accuracy 0.57).',
  );
  expect(waysText(ways, null)).not.toMatch(/--|\(\)/);
});

test('a model from elsewhere is not told to be trained here', () => {
  const missed = [criterionLine(accuracy(0.57)), line('validation', 'Validation', 'missed', 'It lost.')];
  const { refusal, ways } = refusalOf(missed, [accuracy(0.57)], 'imported');
  expect(refusal).toMatch(/^Model refused: accuracy 0\.57 of 0\.60/);
  expect(waysText(ways, WORDS)).toMatch(
    /Train it otherwise where it was trained, or accept less \(accuracy at 0\.57\)\.$/,
  );
});

test('there is none where nothing is missed', () => {
  expect(refusalOf([criterionLine(accuracy(0.6)), line('verdict', 'Verdict', 'skipped', '')], [])).toEqual({
    refusal: null,
    ways: [],
  });
});
