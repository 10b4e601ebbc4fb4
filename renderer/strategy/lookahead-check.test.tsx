// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { LookaheadDto } from '../../engine/contract/dto/index.ts';
import { type AskedCall, show, standInHost } from '../testing/render.tsx';
import { LookaheadCheck } from './lookahead-check.tsx';

const PASSED = {
  passed: true,
  bars: 2040,
  compared: 123_456,
  cuts: Array(20).fill('2025-03-01T00:00:00.000Z'),
  lookahead: null,
  warmup: [
    { factor: 0.25, bars: 8000, checked: 2000, difference: null, largest: 1e-9, signals: 0 },
    { factor: 4, bars: 8000, checked: 9000, difference: null, largest: 0, signals: 2 },
  ],
  anchored: ['obv'],
} as unknown as LookaheadDto;

async function checked(result: LookaheadDto) {
  const asked = standInHost();
  show(<LookaheadCheck run="7" strategyIndex={3} alone="calm_ranging" />);
  await userEvent.click(screen.getByRole('button', { name: 'Check for look-ahead' }));
  const [call] = asked as [AskedCall];
  call.answer(result);
  return { call, text: (await screen.findByRole('status')).textContent };
}

it('asks for the strategy on screen, and says what was compared', async () => {
  const { call, text } = await checked(PASSED);
  expect(call).toMatchObject({
    method: 'run.lookahead',
    input: { run: '7', strategy: 3, regime: 'calm_ranging' },
  });
  expect(text).toContain('Passed');
  expect(text).toContain('on 20 dates of its 2,040 bars');
  expect(text).toContain(
    'With 2,000 bars of history instead of 8,000: features are the same, and so is every signal.',
  );
  expect(text).toContain('2 signals another.');
  expect(text).toContain('obv: counted from where the data of the run begins');
});

it('names the first value that differs', async () => {
  const time = '2025-03-04T11:00:00.000Z';
  const lookahead = { what: 'roc_10', time, was: 0.5, is: null, cut: '2025-03-04T12:00:00.000Z' };
  const { text } = await checked({ ...PASSED, passed: false, lookahead });
  expect(text).toContain('Not passed');
  expect(text).toContain(
    'Where nothing is known after 2025-03-04 12:00 UTC: roc_10 of the bar 2025-03-04 11:00 UTC is missing, and 0.5 in the run.',
  );
});
