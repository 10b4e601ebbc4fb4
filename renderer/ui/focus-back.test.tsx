// @vitest-environment jsdom
import { Modal } from '@mantine/core';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { show } from '../testing/render.tsx';
import { FocusBack } from './focus-back.tsx';

function Opener() {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpened(true)}>
        Change
      </button>
      {opened ? (
        <>
          <FocusBack />
          <Modal opened onClose={() => setOpened(false)} title="Changes">
            <button type="button">Inside</button>
          </Modal>
        </>
      ) : null}
    </>
  );
}

it('leads back to the button that opened a dialog which is gone when it closes', async () => {
  show(<Opener />);
  screen.getByRole('button', { name: 'Change' }).focus();
  await userEvent.keyboard('{Enter}');
  screen.getByRole('button', { name: 'Inside' }).focus();
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Change' })));
});
