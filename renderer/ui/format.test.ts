import { describe, expect, it } from 'vitest';
import { formatFigure } from './figure.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  formatProgress,
  formatWithError,
  plural,
  titleOf,
} from './format.ts';
import { GLOSSARY } from './texts/glossary.ts';

describe('numbers', () => {
  it.each([
    [1234.567, '1,234.57'],
    [-0.5, '−0.50'],
    [-0.0001, '0.00'],
    [null, '–'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '∞'],
  ])('%s is %s', (value, text) => expect(formatNumber(value)).toBe(text));

  it('shows counts whole and fractions in percent', () => {
    expect(formatCount(1234567)).toBe('1,234,567');
    expect(formatPercent(0.1234)).toBe('12.3 %');
    expect(formatPercent(-0.05)).toBe('−5.0 %');
    expect(formatPercent(undefined)).toBe('–');
  });

  it('has an error beside a figure where there is one', () => {
    expect(formatWithError(4.04, 1.96)).toBe('4.0 ± 2.0');
    expect(formatWithError(-0.04, 2)).toBe('0.0 ± 2.0');
    expect(formatWithError(4.04, null)).toBe('4.0');
    expect(formatWithError(null, 2)).toBe('–');
  });

  it('never says 100 % before everything is done', () => {
    expect(formatProgress(0)).toBe('0 %');
    expect(formatProgress(0.5)).toBe('50 %');
    expect(formatProgress(0.123)).toBe('12.3 %');
    expect(formatProgress(0.99999)).toBe('99.9 %');
    expect(formatProgress(1)).toBe('100 %');
  });
});

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1.0 KB'],
  [57_100, '57.1 KB'],
  [999_600, '1.0 MB'],
  [123_456_789, '123 MB'],
  [82e9, '82.0 GB'],
])('%s bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it.each([
  [0, '0 s'],
  [0.2, '< 1 s'],
  [59.4, '59 s'],
  [59.6, '1 min 00 s'],
  [754, '12 min 34 s'],
  [7_500, '2 h 05 min'],
  [200_000, '2 d 7 h'],
  [Number.NaN, '–'],
])('%s seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

it('writes words and plurals', () => {
  expect(titleOf('bull_trending')).toBe('Bull trending');
  expect(plural(1, 'model')).toBe('1 model');
  expect(plural(1200, 'series', 'series')).toBe('1,200 series');
});

it('writes a figure as its definition says', () => {
  expect(formatFigure('sharpe', 1.234)).toBe('1.23');
  expect(formatFigure('maxDrawdown', 0.0512)).toBe('5.1 %');
  expect(formatFigure('trades', 1200)).toBe('1,200');
  expect(formatFigure('rmse', 0.00123456)).toBe('0.00123');
  expect(formatFigure('bytesSaved', 333_000)).toBe('333 KB');
  expect(formatFigure('profitFactor', null)).toBe('–');
});

it('defines every figure in a sentence', () => {
  for (const [term, { title, text }] of Object.entries(GLOSSARY)) {
    expect(title, term).not.toBe('');
    expect(text, term).toMatch(/^[A-Z].{20,}\.$/s);
  }
});
