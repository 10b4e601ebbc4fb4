// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { show } from '../testing/render.tsx';
import { ProfileRadar } from './profile-radar.tsx';

it('tells the five parts of the composite score, and none of a champion without a trade', async () => {
  show(
    <ProfileRadar
      title="Profile"
      profiles={[
        {
          name: 'Bull, EURUSD H1',
          color: 'red',
          parts: { result: 0.91, stake: 0.82, profit: 0.73, wins: 0.64, runUp: 0.55 },
          composite: 0.73,
        },
        {
          name: 'Calm, EURUSD H1',
          color: 'blue',
          parts: { result: null, stake: null, profit: null, wins: null, runUp: null },
          composite: null,
        },
      ]}
    />,
  );
  const legend = within(screen.getByRole('list', { name: 'Legend' }));
  expect(legend.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    'Bull, EURUSD H1: 0.73',
    'Breaks even',
  ]);
  await userEvent.click(screen.getByRole('button', { name: 'Show Profile as table' }));
  expect(screen.getAllByRole('row').map((row) => row.textContent)).toEqual([
    'ChampionCompositeResultPer stakeProfitWinsRun-up',
    'Bull, EURUSD H10.730.910.820.730.640.55',
    'Calm, EURUSD H1––––––',
  ]);
});
