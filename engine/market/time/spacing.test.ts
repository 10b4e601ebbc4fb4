import { describe, expect, it } from 'vitest';
import { describeSpacing, timeframeOfSpacing, typicalSpacing } from './spacing.ts';

describe('typicalSpacing', () => {
  it('is the most frequent distance, of equals the shortest', () => {
    expect(typicalSpacing(Float64Array.of(0, 60, 120, 180, 900))).toBe(60);
    expect(typicalSpacing(Float64Array.of(0, 5, 8))).toBe(3);
    expect(typicalSpacing(Float64Array.of(7))).toBeUndefined();
  });
});

describe('timeframeOfSpacing', () => {
  it('knows our timeframes and no others', () => {
    expect(timeframeOfSpacing(900_000)).toBe('M15');
    expect(timeframeOfSpacing(7 * 86_400_000)).toBe('W1');
    expect(timeframeOfSpacing(31 * 86_400_000)).toBeUndefined();
    expect(timeframeOfSpacing(undefined)).toBeUndefined();
  });
});

describe('describeSpacing', () => {
  it.each([
    [3_600_000, '1 hour'],
    [5_400_000, '90 minutes'],
    [172_800_000, '2 days'],
    [1500, '1,500 milliseconds'],
  ])('%d: %s', (ms, words) => {
    expect(describeSpacing(ms)).toBe(words);
  });
});
