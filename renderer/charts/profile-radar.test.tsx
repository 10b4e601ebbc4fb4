// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { show } from '../testing/render.tsx';
import { ProfileRadar } from './profile-radar.tsx';

it('tells the five parts of the composite score, beside what came of them out of sample, and none of a champion without a trade', async () => {
  show(
    <ProfileRadar
      title="Profile"
      profiles={[
        {
          name: 'Bull, EURUSD H1',
          color: 'red',
          parts: { result: 0.91, stake: 0.82, profit: 0.73, wins: 0.64, runUp: 0.55 },
          composite: 0.73,
          outOfSample: {
            parts: { result: 0.4, stake: 0.41, profit: 0.42, wins: 0.43, runUp: 0.44 },
            composite: 0.42,
          },
        },
        {
          name: 'Calm, EURUSD H1',
          color: 'blue',
          parts: { result: null, stake: null, profit: null, wins: null, runUp: null },
          composite: null,
          outOfSample: null,
        },
      ]}
    />,
  );
  const legend = within(screen.getByRole('list', { name: 'Legend' }));
  expect(legend.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    'Bull, EURUSD H1: 0.73, out of sample 0.42',
    '━ ┅Bold: out of sample; dotted: on the selection window, which chose it',
    'Breaks even',
  ]);
  await userEvent.click(screen.getByRole('button', { name: 'Show Profile as table' }));
  expect(screen.getAllByRole('row').map((row) => row.textContent)).toEqual([
    'ChampionCompositeResultPer stakeProfitWinsRun-up',
    'Bull, EURUSD H10.730.910.820.730.640.55',
    'Bull, EURUSD H1, out of sample0.420.400.410.420.430.44',
    'Calm, EURUSD H1––––––',
  ]);
});
