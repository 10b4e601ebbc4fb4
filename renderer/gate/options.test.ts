import { expect, it } from 'vitest';
import { EMPTY_GATE, gateInput, leftOutText, skippedText } from './options.ts';

it('asks everything where nothing is chosen', () => {
  expect(gateInput(EMPTY_GATE)).toEqual({});
  expect(leftOutText(EMPTY_GATE, true)).toBeNull();
});

it('is for methods what was chosen, and no more', () => {
  const draft = {
    preset: 'two_errors',
    least: { accuracy: 0.55, f1: 0.4 },
    minVerdict: 'none',
    skipValidation: true,
    force: true,
    reason: '  a start ',
  } as const;
  expect(gateInput(draft)).toEqual({
    preset: 'two_errors',
    minAccuracy: 0.55,
    minF1: 0.4,
    minVerdict: 'none',
    skipValidation: true,
    force: true,
    reason: 'a start',
  });
});

it('says what is left out, and what is held to another threshold', () => {
  expect(leftOutText({ ...EMPTY_GATE, force: true }, false)).toBeNull();
  expect(leftOutText({ ...EMPTY_GATE, force: true, minVerdict: 'none' }, true)).toBe(
    'Not asked: a verdict, the comparison with production. That stands in the journal for ever.',
  );
  expect(skippedText(['validation', 'thresholds', 'verdict', 'min-f1=0.4'])).toBe(
    'Not asked: test windows, thresholds, a verdict; F1 held to 0.4',
  );
  expect(skippedText(['min-accuracy=0.55'])).toBe('Accuracy held to 0.55');
  expect(skippedText([])).toBeNull();
});
