// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { MoneyDto } from '../../engine/contract/dto/index.ts';
import { type AskedCall, show, standInHost } from '../testing/render.tsx';
import { MoneySwitch } from './money-fields.tsx';
import { MoneyLine } from './money-figures.tsx';

const MONEY = {
  runId: '7',
  currency: 'USD',
  account: 10_000,
  rate: 'DEMO_EURUSD is quoted in USD: no rate is taken.',
  windows: [
    {
      window: 'selection',
      trades: [{ number: 1 }],
      net: -1234.5,
      drawdown: { money: 200, share: 0.02 },
    },
  ],
} as unknown as MoneyDto;

it('asks for nothing while money is not shown; then for what is on screen, with the rate or the refusal', async () => {
  const asked: AskedCall[] = standInHost();
  show(
    <>
      <MoneySwitch />
      <MoneyLine of={{ run: '7', strategy: 3, regime: 'calm_ranging' }} />
    </>,
  );
  expect(asked).toEqual([]);
  expect(screen.queryByRole('status')).toBeNull();
  await userEvent.click(screen.getByRole('switch', { name: 'Show money' }));
  await expect.poll(() => asked.length).toBe(1);
  expect(asked[0]).toMatchObject({
    method: 'run.money',
    input: { run: '7', strategy: 3, regime: 'calm_ranging', account: 10_000, currency: 'USD', lots: 0.1 },
  });
  asked[0]!.answer(MONEY);
  const line = await screen.findByText(/^Net/);
  expect(line.textContent).toBe(
    'Net −1,234.50 USD, deepest fall 200.00 USD (2.0 %), on the selection window. DEMO_EURUSD is quoted in USD: no rate is taken.',
  );
});
