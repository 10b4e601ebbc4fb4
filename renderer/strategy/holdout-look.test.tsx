// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { show, standInHost } from '../testing/render.tsx';
import { HoldoutLook } from './holdout-look.tsx';
import { trace } from './trace.fixture.ts';

const LOOK = trace().holdoutLook;

it('says since when a holdout is open, and has nothing to press', () => {
  show(<HoldoutLook look={LOOK} market="EURUSD H1" of={{ run: '7' }} />);
  expect(document.body.textContent).toMatch(
    /Holdout of EURUSD H1, 2026-01-28 to 2026-02-27: opened 2026-03-01 .* \(window\)\./,
  );
  expect(screen.queryByRole('button')).toBeNull();
});

it('says why it is hidden, and opens it only after asking', async () => {
  const asked = standInHost();
  const look = { ...LOOK, opened: null, hidden: 'It is hidden.' };
  show(<HoldoutLook look={look} market="EURUSD H1" of={{ champion: 'EURUSD/H1/bull' }} />);
  expect(screen.getByRole('note').textContent).toContain('hidden until you spend the one look at it');
  await userEvent.click(screen.getByRole('button', { name: 'Open the holdout' }));
  expect(asked).toHaveLength(0);
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(/can’t be taken back/)).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name: 'Open the holdout' }));
  expect(asked).toMatchObject([{ method: 'champions.open', input: { champion: 'EURUSD/H1/bull' } }]);
});
