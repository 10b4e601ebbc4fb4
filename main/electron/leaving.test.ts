import { expect, test } from 'vitest';
import { decideLeaving, LEAVING_QUESTION } from './leaving.ts';

test('nothing is asked while nothing is trained', async () => {
  const never = () => Promise.reject(new Error('asked'));
  expect(await decideLeaving(false, never)).toBe('leave');
});

test('each button means what it says; a dialog that was closed means nothing happens', async () => {
  const decide = (label: string) => decideLeaving(true, async () => LEAVING_QUESTION.buttons.indexOf(label));
  expect(await decide('Keep running in the tray')).toBe('tray');
  expect(await decide('Pause and quit')).toBe('pause');
  expect(await decide('Cancel')).toBe('stay');
  expect(await decideLeaving(true, async () => LEAVING_QUESTION.cancelId)).toBe('stay');
  expect(await decide('no such button')).toBe('stay');
});
