import { expect, test } from 'vitest';
import { hasDisplay, openCommand } from './open-browser.ts';

test('Linux needs a display server to show a browser, others have one', () => {
  expect(hasDisplay('linux', {})).toBe(false);
  expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false);
  expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
  expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(hasDisplay('darwin', {})).toBe(true);
  expect(hasDisplay('win32', {})).toBe(true);
});

test('the link is one argument of a program, never a text that a shell reads', () => {
  const link = 'http://127.0.0.1:4780/?token=a&b=c';
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const [program, args] = openCommand(link, platform);
    expect(args.at(-1)).toBe(link);
    expect(program).toMatch(/^[a-z0-9-]+$/);
  }
});
