import { expect, test } from 'vitest';
import { openCommand } from './open-browser.ts';

test('the link is one argument of a program, never a text that a shell reads', () => {
  const link = 'http://127.0.0.1:4780/?token=a&b=c';
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const [program, args] = openCommand(link, platform);
    expect(args.at(-1)).toBe(link);
    expect(program).toMatch(/^[a-z0-9-]+$/);
  }
});
