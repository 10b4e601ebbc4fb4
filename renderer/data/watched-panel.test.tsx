// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { WatchedFolderDto } from '../../engine/contract/dto/index.ts';
import { show, standInHost } from '../testing/render.tsx';
import { WatchedPanel } from './watched-panel.tsx';

const FOLDER: WatchedFolderDto = {
  folder: '/mt5/files',
  since: '2026-01-01T00:00:00.000Z',
  options: { timezone: 'NY+7' },
  by: 'here',
  problem: null,
  files: [
    {
      file: '/mt5/files/EURUSD_H1.csv',
      state: 'current',
      message: 'EURUSD H1 up to 2026-01-02 03:00 UTC: 1 bar added.',
      series: ['EURUSD H1'],
      at: '2026-01-02T04:00:00.000Z',
    },
    {
      file: '/mt5/files/new/GBPUSD.csv',
      state: 'left',
      message: '/mt5/files/new/GBPUSD.csv does not say which time zone it is in.',
      series: [],
      at: '2026-01-02T04:00:00.000Z',
    },
  ],
};

it('shows what became of each file, and takes a folder off the list', async () => {
  const asked = standInHost();
  show(<WatchedPanel />);
  await waitFor(() => expect(asked).toHaveLength(1));
  asked[0]!.answer([
    FOLDER,
    { ...FOLDER, folder: '/away', by: 'elsewhere', problem: 'It is not there.', files: [] },
  ]);
  const section = await screen.findByRole('region', { name: 'Watched folder /mt5/files' });
  expect(section.textContent).toContain('times as NY+7');
  const [, first, second] = within(section).getAllByRole('row');
  expect(first!.textContent).toMatch(/^EURUSD_H1\.csvEURUSD H1Up to date.*1 bar added\.$/);
  expect(second!.textContent).toMatch(/^new\/GBPUSD\.csv–Left alone.*new\/GBPUSD\.csv does not say/);
  expect(second!.textContent).not.toContain('/mt5');
  const other = screen.getByRole('region', { name: 'Watched folder /away' });
  expect(other.textContent).toMatch(/watched by another process.*It is not there\./);
  await userEvent.click(within(section).getByRole('button', { name: 'Watch /mt5/files no more' }));
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]).toMatchObject({ method: 'market.unwatch', input: { folder: '/mt5/files' } });
});

it('watches the folder that is named', async () => {
  const asked = standInHost();
  show(<WatchedPanel />);
  const button = screen.getByRole('button', { name: 'Watch' });
  expect(button).toHaveProperty('disabled', true);
  await userEvent.type(screen.getByLabelText('Folder'), ' exports ');
  await userEvent.click(button);
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]).toMatchObject({ method: 'market.watch', input: { folder: 'exports' } });
});
