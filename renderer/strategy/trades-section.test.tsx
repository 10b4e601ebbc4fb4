// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { show, standInHost } from '../testing/render.tsx';
import { trace, trade } from './trace.fixture.ts';
import { TradesSection } from './trades-section.tsx';

beforeEach(() => void standInHost());

const cellsOf = (row: HTMLElement) =>
  within(row)
    .getAllByRole('cell')
    .map((cell) => cell.textContent);
const list = () => within(screen.getByRole('table', { name: 'Trades' }));
const rows = () => list().getAllByRole('row').slice(1);
const numbers = () => rows().map((row) => cellsOf(row)[0]);
const sortBy = (head: string) => userEvent.click(screen.getByRole('button', { name: head }));

const THREE = [
  trade(1, { netPips: 10, side: 'short', regime: 'calm_ranging' }),
  trade(2, { netPips: -20 }),
  trade(3, { netPips: 30, side: 'short', holdout: true }),
];

describe('the table of trades', () => {
  it('tells everything of a trade, its costs one by one', () => {
    show(<TradesSection trace={trace({ trades: [trade(1)] })} />);
    expect(
      list()
        .getAllByRole('columnheader')
        .map((head) => head.textContent),
    ).toEqual([
      '#',
      'Opened (UTC)',
      'Closed (UTC)',
      'Side',
      'Entry',
      'Exit',
      'Bars',
      'Spread',
      'Slippage',
      'Commission',
      'Swap',
      'Net',
      'Net, %',
      'MFE',
      'MAE',
      'Left by',
      'Regime',
      'Window',
    ]);
    expect(cellsOf(rows()[0]!)).toEqual([
      '1',
      '2026-03-02 10:00',
      '2026-03-02 16:00',
      '▲ Long',
      '1.10000',
      '1.10120',
      '6',
      '1.2',
      '0.4',
      '0.5',
      '−0.1',
      '10.0',
      '0.09 %',
      '15.0',
      '3.0',
      'Time',
      'Bull trending',
      'Selection',
    ]);
  });

  it('begins with the first trade, and is sorted by any column in both directions', async () => {
    show(<TradesSection trace={trace({ trades: THREE })} />);
    expect(numbers()).toEqual(['1', '2', '3']);
    await sortBy('Net');
    expect(numbers()).toEqual(['3', '1', '2']);
    expect(screen.getByRole('button', { name: 'Net' }).closest('th')?.getAttribute('aria-sort')).toBe(
      'descending',
    );
    await sortBy('Net');
    expect(numbers()).toEqual(['2', '1', '3']);
    await sortBy('Side');
    expect(numbers()).toEqual(['2', '1', '3']);
    await sortBy('Regime');
    expect(numbers()).toEqual(['2', '3', '1']);
  });

  it('marks those of the holdout, by a word and a ground, and counts them', () => {
    show(<TradesSection trace={trace({ trades: THREE })} />);
    expect(rows().map((row) => row.dataset.holdout)).toEqual([undefined, undefined, 'true']);
    expect(rows().map((row) => cellsOf(row).at(-1))).toEqual(['Selection', 'Selection', 'Holdout']);
    expect(
      screen.getByText(/^2 trades in the selection window, 1 in the holdout, Bull trending alone\./),
    ).toBeTruthy();
  });

  it('shows a chosen trade on the price from near, and lets go of it when it is chosen again', async () => {
    show(<TradesSection trace={trace({ trades: THREE })} />);
    await userEvent.click(screen.getByRole('button', { name: 'Show trade 2 on the price' }));
    expect(screen.getByText(/^Around trade 2 of 3\./)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Show trade 2 on the price' }));
    expect(screen.getByText(/^60 bars: selection window and holdout, with 3 trades\./)).toBeTruthy();
  });

  it('draws many trades in pieces', async () => {
    show(<TradesSection trace={trace({ trades: Array.from({ length: 450 }, (_, i) => trade(i + 1)) })} />);
    expect(rows()).toHaveLength(200);
    await userEvent.click(screen.getByRole('button', { name: 'Show 200 more of 450' }));
    expect(rows()).toHaveLength(400);
    await userEvent.click(screen.getByRole('button', { name: 'Show 50 more of 450' }));
    expect(rows()).toHaveLength(450);
    expect(screen.queryByRole('button', { name: /^Show \d+ more/ })).toBeNull();
  });

  it('says below it what they come to, by month, hour and weekday, of each window', async () => {
    show(<TradesSection trace={trace()} />);
    const months = within(screen.getByRole('figure', { name: 'Returns by month' }));
    expect(cellsOf(months.getAllByRole('row')[1]!)).toEqual(
      ['2026', '–', '−1.0 %', '2.0 %', ...Array(9).fill('–'), '1.0 %'].slice(1),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Show By weekday as table' }));
    const days = screen.getByRole('region', { name: 'By weekday, as table' });
    expect(within(days).getAllByRole('row').slice(1).map(cellsOf)).toEqual([
      ['Monday', '1', '100 %', '0.09 %'],
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Show MAE against MFE as table' }));
    const excursions = () => within(screen.getByRole('region', { name: 'MAE against MFE, as table' }));
    expect(excursions().getAllByRole('row').slice(1).map(cellsOf)).toEqual([['1', '3.0', '15.0', '0.09 %']]);
    await userEvent.click(screen.getByText('Holdout', { selector: 'label *' }));
    expect(
      excursions()
        .getAllByRole('row')
        .slice(1)
        .map((row) => cellsOf(row)[0]),
    ).toEqual(['2']);
  });

  it('says so where no trade was made, and has nothing to export', () => {
    show(<TradesSection trace={trace({ trades: [] })} />);
    expect(screen.getByText('No trade was made.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Export trades' })).toHaveProperty('disabled', true);
  });
});

describe('the export', () => {
  it('writes what is shown: the same strategy, in the same regime', async () => {
    const calls = standInHost();
    const asked = () => calls.filter(({ method }) => method === 'trades.export');
    const shown = show(<TradesSection trace={trace()} />);
    await userEvent.click(screen.getByRole('button', { name: 'Export trades' }));
    await waitFor(() => expect(asked()).toHaveLength(1));
    const { runId: run } = trace();
    expect(asked()[0]).toMatchObject({
      method: 'trades.export',
      input: { run, strategy: 3, regime: 'bull_trending' },
    });
    await act(async () => asked()[0]!.answer({ file: '/exports/trades.csv', trades: 2 }));

    shown.show(<TradesSection trace={trace({ alone: null })} />);
    await userEvent.click(screen.getByRole('button', { name: 'Export trades' }));
    await waitFor(() => expect(asked()).toHaveLength(2));
    expect(asked()[1]!.input).toEqual({ run, strategy: 3 });
  });
});
