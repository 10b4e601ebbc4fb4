// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { useWorkspace } from '../state/index.ts';
import { show, standInHost } from '../testing/render.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { type Filters, NO_FILTERS } from './filters.ts';

let searched: Filters[];
beforeEach(() => {
  standInHost();
  useWorkspace.setState({ series: [], options: undefined });
  searched = [];
  show(<FilterPanel asked={NO_FILTERS} onSearch={(filters) => searched.push(filters)} />);
});

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name, { selector: 'input' });
const day = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

it('searches when asked to, not while typing; Enter in a field asks, too', async () => {
  await userEvent.type(field('Symbol'), 'EURUSD');
  expect(searched).toEqual([]);
  await userEvent.type(field('Text'), 'no room{Enter}');
  expect(searched).toEqual([{ ...NO_FILTERS, axes: { symbol: 'EURUSD' }, text: 'no room' }]);
});

it('does not search for what can not be, and says why', async () => {
  await userEvent.type(day('Created from (UTC)'), '2026-03-01');
  await userEvent.type(day('Created to (UTC)'), '2026-02-01');
  await press('Search');
  expect(searched).toEqual([]);
  expect(day('Created to (UTC)').getAttribute('aria-invalid')).toBe('true');
});

it('clears everything and searches for all', async () => {
  await userEvent.type(field('Symbol'), 'EURUSD');
  await userEvent.click(screen.getByRole('switch', { name: 'Kept only' }));
  await press('Clear Filters');
  expect(searched).toEqual([NO_FILTERS]);
  expect(field('Symbol').value).toBe('');
});
