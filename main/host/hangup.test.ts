import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { onHangup, onReaderGone } from './hangup.ts';

function around(stdoutTTY: boolean, stderrTTY: boolean) {
  const stream = (isTTY: boolean) => Object.assign(new EventEmitter(), { isTTY });
  return Object.assign(new EventEmitter(), { stdout: stream(stdoutTTY), stderr: stream(stderrTTY) });
}

test.each([
  [true, true, 1],
  [true, false, 1],
  [false, true, 1],
  [false, false, 0],
])('stdout a terminal: %s, stderr: %s', (stdout, stderr, calls) => {
  const process = around(stdout, stderr);
  const stop = vi.fn();
  const end = onHangup(stop, process);
  expect(process.emit('SIGHUP')).toBe(true);
  expect(stop).toHaveBeenCalledTimes(calls);
  end();
  expect(process.listenerCount('SIGHUP')).toBe(0);
});

test('a reader that is gone is told, a full disk behind the output is not', () => {
  const process = around(false, false);
  const gone = vi.fn();
  onReaderGone(gone, process);
  const fail = (code: string) => process.stderr.emit('error', Object.assign(new Error(code), { code }));
  fail('ENOSPC');
  expect(gone).not.toHaveBeenCalled();
  fail('EPIPE');
  process.stdout.emit('error', Object.assign(new Error('x'), { code: 'EIO' }));
  expect(gone).toHaveBeenCalledTimes(2);
});
