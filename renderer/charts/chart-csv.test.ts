import { expect, it } from 'vitest';
import { chartCsv, chartFileName } from './chart-csv.ts';

it('writes the table of a chart, figures with the signs of programs', () => {
  const table = {
    columns: ['Day', 'Net, %'],
    rows: [
      ['2026-01-02', '−1.5'],
      ['a "b"', '4.0 ± 2.0'],
    ],
  };
  expect(chartCsv(table)).toBe('Day,"Net, %"\r\n2026-01-02,-1.5\r\n"a ""b""",4.0 ± 2.0\r\n');
});

it('writes nothing that a spreadsheet takes for a formula', () => {
  expect(chartCsv({ columns: ['=1+1', '-x', '@a', '−x'], rows: [] })).toBe("'=1+1,'-x,'@a,−x\r\n");
});

it('is named after the chart', () => {
  expect(chartFileName('Median by Symbol & Days')).toBe('median-by-symbol-days');
  expect(chartFileName('±')).toBe('chart');
});
