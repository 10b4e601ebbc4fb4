import { expect, it } from 'vitest';
import { verdictColor, verdictColors } from './palette.ts';

it('colors follow the verdict, and what they mean is named once each, best evidence first', () => {
  expect(verdictColors(['contradicted', 'none', 'too little data', 'none', 'strong'])).toEqual([
    { color: 'var(--gain)', name: 'Strong' },
    { color: 'var(--figure)', name: 'No evidence, too little data' },
    { color: 'var(--loss)', name: 'Contradicted' },
  ]);
  expect(verdictColor('suggestive')).toBe('var(--accent)');
  expect(verdictColors([])).toEqual([]);
});
