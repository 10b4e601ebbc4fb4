import { notificationsStore } from '@mantine/notifications';
import { beforeEach, expect, it } from 'vitest';
import { notifyAgain } from './notices.tsx';

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
