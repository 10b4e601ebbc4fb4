import { notificationsStore } from '@mantine/notifications';
import { beforeEach, expect, it } from 'vitest';
import { create } from 'zustand';
import { discard, notifyAgain } from './notices.tsx';

beforeEach(() => {
  notificationsStore.setState({ ...notificationsStore.getState(), notifications: [], queue: [] });
});

const shown = () => notificationsStore.getState().notifications.map(({ id, title }) => [id, title]);

it('a notice takes the place of the earlier one with its name, and is shown where there is none', () => {
  notifyAgain('champions', 'New champion', '');
  expect(shown()).toEqual([['champions', 'New champion']]);
  notifyAgain('champions', '3 new champions', '');
  notifyAgain('other', 'Another', '');
  expect(shown()).toEqual([
    ['champions', '3 new champions'],
    ['other', 'Another'],
  ]);
});

it('what a form held comes back as it was', () => {
  const form = create<{ lines: readonly string[]; opened?: string }>()(() => ({ lines: ['a', 'b'] }));
  discard('The form was emptied', [form], () => form.setState({ lines: [], opened: 'x' }));
  expect(form.getState()).toEqual({ lines: [], opened: 'x' });
  const [notice] = notificationsStore.getState().notifications;
  expect(notice!.title).toBe('The form was emptied');
  const { onClick } = (notice!.message as React.ReactElement<{ onClick(): void }>).props;
  onClick();
  expect(form.getState()).toEqual({ lines: ['a', 'b'] });
  expect(shown()).toEqual([]);
});
