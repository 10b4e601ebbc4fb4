import { expect, it } from 'vitest';
import { bestCells } from './search-cells.ts';

it('counts places of a search, LONG and SHORT as one', () => {
  const of = (studies: readonly object[]) => bestCells({ kind: 'search', spec: JSON.stringify({ studies }) });
  expect(of([{}, { side: 'long' }, { side: 'short' }])).toBe(2);
  expect(bestCells({ kind: 'grid', spec: JSON.stringify({ studies: [{}] }) })).toBe(0);
  expect(bestCells({ kind: 'search', spec: '{' })).toBe(0);
  expect(bestCells({ kind: 'search', spec: '{}' })).toBe(0);
});
