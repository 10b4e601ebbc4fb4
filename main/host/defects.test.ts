import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { onDefect, saveOnDefect } from './defects.ts';

test.each(['uncaughtException', 'unhandledRejection'])('%s ends once, however many follow', (event) => {
  const around = new EventEmitter();
  const end = vi.fn();
  const stop = onDefect(end, around as never);
  around.emit(event, new Error('first'));
  around.emit('uncaughtException', new Error('second'));
  around.emit('unhandledRejection', new Error('third'));
  expect(end.mock.calls).toEqual([[new Error('first')]]);
  stop();
  expect(around.eventNames()).toEqual([]);
});

test('the error is logged with its stack and told in one line; a log that can’t be written keeps nothing from being saved', () => {
  const said: unknown[][] = [];
  const saveNow = vi.fn();
  const error = new Error('no\nroom');
  const engine = {
    report: (...line: unknown[]) => void said.push(line),
    saveNow,
  };
  const line = 'Regimen ends: no room (a defect of Regimen, not of your input)';
  expect(saveOnDefect(engine, error, 'server/index:onDefect')).toBe(line);
  expect(said).toEqual([
    ['error', line, { source: 'server/index:onDefect', code: 'internal', stack: error.stack }],
  ]);
  expect(saveNow).toHaveBeenCalledOnce();

  const full = () => {
    throw new Error('disk full');
  };
  expect(saveOnDefect({ report: full, saveNow }, 'text', 'cli/program:execute')).toContain('text');
  expect(saveNow).toHaveBeenCalledTimes(2);
  expect(saveOnDefect({ report: full, saveNow: full }, error, 'cli/program:execute')).toBe(line);
  expect(saveOnDefect(undefined, error, 'cli/program:execute')).toBe(line);
});
