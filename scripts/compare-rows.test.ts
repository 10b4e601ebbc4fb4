import { expect, it } from 'vitest';
import { exampleConfiguration } from '../engine/contract/testing/configuration.ts';
import { type Compared, compareRows } from '../engine/views/compare.ts';
import { rowSentence } from '../renderer/history/compare-words.ts';

it('rows of figures of a comparison are explained as heads of tables are', () => {
  const one: Compared = {
    configuration: exampleConfiguration(),
    strategy: null,
    figures: {},
    verdict: null,
    p: null,
    outOfSample: null,
    run: null,
  };
  const rows = compareRows([one]).filter(({ group }) => group !== 'Configuration');
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) expect(rowSentence(row), row.title).toMatch(/^[A-Z].{15,}\.$/s);
  expect(rowSentence({ group: 'Configuration', key: 'target', title: 'Target' })).toMatch(/learns/);
  expect(rowSentence({ group: 'Sharpe per regime', key: 'bull', title: 'bull' })).toBeUndefined();
});
