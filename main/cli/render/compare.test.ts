import { expect, test } from 'vitest';
import type { CompareDto, CompareRowDto } from '../../../engine/contract/dto/index.ts';
import { compareText } from './compare.ts';

const row = (
  group: CompareRowDto['group'],
  key: string,
  values: CompareRowDto['values'],
  more: Partial<CompareRowDto> = {},
): CompareRowDto => ({ group, key, title: key, values, differs: true, best: [], ...more });

const subject = (title: string): CompareDto['subjects'][number] => ({
  kind: 'run',
  reference: title,
  title,
  run: 1,
  regime: null,
  strategyIndex: null,
  missing: null,
});

const compared = (rows: readonly CompareRowDto[]): string =>
  compareText({
    subjects: [subject('Run 1'), subject('Run 2')],
    rows: [...rows],
    curve: { days: [], equity: [null, null].map(() => []) },
  });

/** Cells of the line of a row. */
const cellsOf = (text: string, title: string): string[] =>
  text
    .split('\n')
    .find((line) => line.includes(title))!
    .trim()
    .split(/\s{2,}/)
    .slice(-2);

test('each figure of a comparison has its unit', () => {
  const text = compared([
    row('Figures', 'sharpe', [0.52, null], { errors: [2.04, null], best: [0] }),
    row('Figures', 'winRate', [0.5, 0.439]),
    row('Figures', 'expectancy', [0.00006528, -0.0001]),
    row('Figures', 'profitFactor', [1.11837, null]),
    row('Figures', 'trades', [1234, 98]),
    row('Training', 'seconds', [2.452, 75]),
    row('Training', 'artifactBytes', [2823, 5_000_000]),
    row('Training', 'createdAt', ['2026-11-30T07:59:12.966Z', null]),
  ]);
  expect(cellsOf(text, 'sharpe')).toEqual(['0.5 ± 2.0 *', '–']);
  expect(cellsOf(text, 'winRate')).toEqual(['50.0 %', '43.9 %']);
  expect(cellsOf(text, 'expectancy')).toEqual(['0.0065 %', '−0.0100 %']);
  expect(cellsOf(text, 'profitFactor')).toEqual(['1.118', '–']);
  expect(cellsOf(text, 'trades')).toEqual(['1,234', '98']);
  expect(cellsOf(text, 'seconds')).toEqual(['2.5 s', '1 min 15 s']);
  expect(cellsOf(text, 'artifactBytes')).toEqual(['2.8 kB', '5.0 MB']);
  expect(cellsOf(text, 'createdAt (UTC)')).toEqual(['2026-11-30 07:59', '–']);
});

test('what differs is marked, and a parameter keeps what it was given', () => {
  const text = compared([
    row('Configuration', 'alpha', [0.00012345, 1]),
    row('Configuration', 'symbol', ['EURUSD', 'EURUSD'], { differs: false }),
  ]);
  expect(cellsOf(text, 'alpha')).toEqual(['0.00012345', '1']);
  expect(text).toMatch(/^≠ +alpha/m);
  expect(text).toMatch(/^ +symbol/m);
});
