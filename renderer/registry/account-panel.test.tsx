// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { AccountComparisonDto } from '../../engine/contract/dto/index.ts';
import { show, standInHost } from '../testing/render.tsx';
import { AccountPanel } from './account-panel.tsx';

const time = (hour: number) => `2026-01-02T${String(hour).padStart(2, '0')}:00:00.000Z`;
const COMPARISON: AccountComparisonDto = {
  name: 'EURUSD H1',
  version: '20260101_000000',
  account: '12345',
  symbols: ['EURUSD.M'],
  counts: { matched: 1, late: 0, missed: 0, extra: 1 },
  matches: [
    {
      kind: 'matched',
      paper: {
        direction: 'LONG',
        entryTime: time(9),
        entryPrice: 1.1,
        exitTime: time(12),
        exitPrice: 1.102,
        reason: 'time',
        net: 0.0016,
        cost: 0.0002,
      },
      real: {
        ticket: '7',
        symbol: 'EURUSD.M',
        direction: 'LONG',
        openTime: time(9),
        openPrice: 1.1001,
        closeTime: time(12),
        closePrice: 1.1019,
      },
      delaySeconds: 20,
      entryWorse: 0.0001,
      exitWorse: 0.0001,
      paperNet: 0.0016,
      realNet: 0.0014,
      paperCost: 0.0002,
      realCost: 0.00007,
    },
    {
      kind: 'extra',
      paper: null,
      real: {
        ticket: '8',
        symbol: 'EURUSD.M',
        direction: 'SHORT',
        openTime: time(13),
        openPrice: 1.1,
        closeTime: time(14),
        closePrice: 1.1,
      },
      delaySeconds: null,
      entryWorse: null,
      exitWorse: null,
      paperNet: null,
      realNet: -0.0001,
      paperCost: null,
      realCost: 0.0001,
    },
  ],
  curve: { times: [time(12), time(14)], paper: [0.0016, 0.0016], real: [0.0014, 0.0013] },
};

async function open(accounts: readonly object[]) {
  const asked = standInHost();
  show(<AccountPanel name="EURUSD H1" version="20260101_000000" />);
  await waitFor(() => expect(asked).toHaveLength(1));
  await act(async () => asked[0]!.answer(accounts));
  return asked;
}

it('leads to a statement where none was read', async () => {
  await open([]);
  expect(screen.getByText(/^No statement was read yet\./)).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Read' }).disabled).toBe(true);
});

it('has the curve of paper and account with its table, every trade, and what both paid', async () => {
  const account = { account: '12345', trades: 2, symbols: ['EURUSD.M'], first: time(9), last: time(13) };
  const asked = await open([account]);
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]).toMatchObject({
    method: 'statement.compare',
    input: { name: 'EURUSD H1', version: '20260101_000000', account: '12345' },
  });
  await act(async () => asked[1]!.answer(COMPARISON));
  const section = screen.getByRole('region', { name: 'Beside a real account' });
  expect(section.textContent).toContain('1 matched, 0 late, 0 missed, 1 extra. Together 0.16 % on paper');
  expect(section.textContent).toContain('Of 1 trade that both made the costs are 0.02 % on paper');
  expect(screen.getByRole('figure', { name: 'Paper and account' })).toBeTruthy();
  const rows = screen.getAllByRole('row').map((row) => row.textContent);
  expect(rows.find((row) => row?.startsWith('Extra'))).toContain('SHORT');
  expect(rows.find((row) => row?.startsWith('Matched'))).toContain('20 s');
});
