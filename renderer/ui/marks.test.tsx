// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { MarksListDto } from '../../engine/contract/dto/index.ts';
import { show, standInHost } from '../testing/render.tsx';
import { Marks } from './marks.tsx';

const LIST: MarksListDto = {
  marked: [
    {
      kind: 'run',
      subject: 'a1',
      title: 'run 7',
      favorite: true,
      tags: ['asia', 'golden'],
      note: 'Holds.',
      changedAt: '2026-01-01T00:00:00.000Z',
    },
    // The number of a job may be anything that a run's is.
    {
      kind: 'job',
      subject: 'a1',
      title: 'job 7',
      favorite: false,
      tags: ['nightly'],
      note: '',
      changedAt: '2026-01-01T00:00:00.000Z',
    },
  ],
  tags: [],
};

async function open() {
  const asked = standInHost();
  show(<Marks of={{ run: 'a1' }} what="run 7" />);
  await waitFor(() => expect(asked).toHaveLength(1));
  await act(async () => asked[0]!.answer(LIST));
  return asked;
}

it('shows the marks of what it is about, and takes it out of the favorites', async () => {
  const asked = await open();
  const section = screen.getByRole('region', { name: 'Marks of run 7' });
  expect(section.textContent).toContain('asia');
  expect(section.textContent).toContain('Holds.');
  expect(section.textContent).not.toContain('nightly');
  const star = screen.getByRole('button', { name: 'Favorite: run 7' });
  expect(star.getAttribute('aria-pressed')).toBe('true');
  await userEvent.click(star);
  expect(asked.at(-1)).toMatchObject({ method: 'marks.set', input: { run: 'a1', favorite: false } });
});

it('asks for what was changed alone, so that what others add meanwhile stays', async () => {
  const asked = await open();
  await userEvent.click(screen.getByRole('button', { name: 'Edit tags and note of run 7' }));
  const tags = screen.getByRole('combobox', { name: 'Tags' });
  await userEvent.type(tags, '{Backspace}live{Enter}');
  await userEvent.type(screen.getByRole('textbox', { name: 'Note' }), ' Still.');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(asked.at(-1)).toMatchObject({
    method: 'marks.set',
    input: { run: 'a1', addTags: ['live'], removeTags: ['golden'], note: 'Holds. Still.' },
  });
});
