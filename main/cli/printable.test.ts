import { expect, test } from 'vitest';
import { createOutput } from './output.ts';
import { printable, printableJson } from './printable.ts';
import { captured } from './testing/command-line.ts';

const HOSTILE = 'a\u001b]0;owned\u0007\u001b[2J\r\u009b31m\u007f\u202eb\u0000\n\tü – 東';

test('what a terminal would obey is shown instead', () => {
  expect(printable(HOSTILE)).toBe('a\\x1b]0;owned\\x07\\x1b[2J\\x0d\\x9b31m\\x7f\\u202eb\\x00\n\tü – 東');
});

test('JSON means the same, without a control character in it', () => {
  const text = printableJson({ [HOSTILE]: [HOSTILE] });
  expect(JSON.parse(text)).toEqual({ [HOSTILE]: [HOSTILE] });
  expect(printable(text)).toBe(text);
});

test.each([true, false])('whatever a command writes has none (--json: %s)', (json) => {
  const stdout = captured(true);
  const stderr = captured(true);
  const output = createOutput({ json }, stdout.stream, stderr.stream);
  output.log(HOSTILE);
  output.note(HOSTILE);
  output.result({ x: HOSTILE }, () => HOSTILE);
  output.error({
    code: 'data-invalid',
    message: HOSTILE,
    details: { queueId: HOSTILE, remedy: 'pause-queue' },
  });
  for (const { text } of [stdout, stderr]) expect(printable(text())).toBe(text());
  output.progress(HOSTILE);
  // The line is cleared by a sequence of its own.
  expect(stderr.text()).not.toContain('\u001b]');
});
