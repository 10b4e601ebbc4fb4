import { describe, expect, it } from 'vitest';
import { CHAMPION_TABLE } from './evidence/champion-columns.tsx';
import { RUN_COLUMNS } from './history/columns.tsx';
import { HEAD_SENTENCES, headText } from './ui/texts/head-words.ts';

/** Names and numbers of things, which explain themselves. */
const PLAIN = ['id'];

describe('every column of figures has its sentence', () => {
  it.each([
    ['history', RUN_COLUMNS],
    ['champions', CHAMPION_TABLE],
  ] as const)('in the table of %s', (_, columns) => {
    const without = columns.filter(
      ({ key, numeric, about }) =>
        numeric === true && !PLAIN.includes(key) && (about === undefined || about.length < 15),
    );
    expect(without.map(({ key }) => key)).toEqual([]);
  });
});

it('words of heads are sentences, and heads that are terms have the glossary’s', () => {
  for (const [head, text] of Object.entries(HEAD_SENTENCES)) expect(text, head).toMatch(/^[A-Z].{15,}\.$/s);
  for (const head of ['Return', 'Sharpe', 'Trades', 'Max drawdown', 'Out of sample'])
    expect(headText(head), head).toMatch(/^[A-Z].{20,}\.$/s);
  expect(headText('Name')).toBeUndefined();
});
