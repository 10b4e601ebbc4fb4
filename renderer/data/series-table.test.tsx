// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import type { SeriesDto } from '../../engine/contract/dto/index.ts';
import { type AskedCall, show, standInHost } from '../testing/render.tsx';
import { SeriesTable } from './series-table.tsx';

const NOTHING = { count: 0, examples: [] };
const QUALITY: SeriesDto['quality'] = {
  bars: 0,
  first: null,
  last: null,
  coverage: 0.9985,
  session: 'currency-week',
  gaps: { ...NOTHING, missingBars: 0 },
  duplicates: 0,
  bodyOutsideRange: NOTHING,
  flatBars: NOTHING,
  offGrid: NOTHING,
  weekendBars: NOTHING,
  jumps: { count: 2, examples: ['2024-03-01T13:00:00.000Z'] },
  dailyLeak: NOTHING,
};
const series = (symbol: string, bars: number, synthetic = false): SeriesDto => ({
  symbol,
  timeframe: 'H1',
  bars,
  first: '2024-01-01T00:00:00.000Z',
  last: '2026-01-02T23:00:00.000Z',
  digest: 'd',
  synthetic,
  kind: 'pair',
  roundTrip: {
    price: 0.00014,
    pips: 1.4,
    share: 0.00012,
    from: 'data',
    text: 'A round trip costs 1.4 pips, 0.012 % (median spread of the data)',
  },
  costsAdvice: null,
  quality: QUALITY,
});

let asked: AskedCall[];
beforeEach(() => {
  asked = standInHost();
  show(<SeriesTable series={[series('EURUSD', 12_345), series('DEMO', 10, true)]} />);
});

it('has a row for each series, made-up ones marked', () => {
  const [, first, second] = screen.getAllByRole('row');
  expect(first!.textContent).toContain('EURUSD');
  expect(first!.textContent).toContain('12,345');
  expect(first!.textContent).toContain('2024-01-01');
  expect(first!.textContent).not.toContain('Synthetic');
  expect(first!.textContent).toContain('2 jumps');
  expect(first!.textContent).toContain('1.4 pips, 0.012 %');
  expect(first!.textContent).toContain('24/5');
  expect(second!.textContent).toContain('Synthetic');
});

it('says where nothing is known of costs', () => {
  const unknown = {
    ...series('BTCUSDT', 5),
    kind: 'crypto',
    roundTrip: null,
    costsAdvice: 'Set it.',
  } as const;
  show(<SeriesTable series={[unknown]} />);
  expect(screen.getByText('not known')).toBeTruthy();
});

it('removes the series whose button was pressed, and only after asking', async () => {
  await userEvent.click(screen.getByRole('button', { name: 'Remove DEMO H1' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('Remove DEMO H1?');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Keep series' }));
  expect(asked).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Remove DEMO H1' }));
  const again = await screen.findByRole('dialog');
  await userEvent.click(within(again).getByRole('button', { name: 'Remove series' }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toMatchObject({ method: 'market.remove', input: { symbol: 'DEMO', timeframe: 'H1' } });
});
