import { expect, test } from 'vitest';
import { findPython, isNewEnough, type Python, pythonCommands } from './python.ts';

const python = (version: string): Python => ({
  path: `/opt/python-${version}`,
  version,
  platform: 'cpython-linux-x86_64',
  canMakeEnvironments: true,
});

test('the system comes before PATH, and what REGIMEN_PYTHON names is the only one', () => {
  expect(pythonCommands({}, 'linux').slice(0, 2)).toEqual(['/usr/bin/python3', 'python3']);
  expect(pythonCommands({}, 'darwin')[0]).toBe('python3');
  expect(pythonCommands({ REGIMEN_PYTHON: '/opt/python' })).toEqual(['/opt/python']);
  expect(pythonCommands({ REGIMEN_PYTHON: '' }, 'linux')[0]).toBe('/usr/bin/python3');
});

test.each([
  ['3.11.2', true],
  ['3.14.0', true],
  ['3.10.13', false],
  ['3.9.2', false],
  ['2.7.18', false],
  ['4.11.0', false],
])('Python %s is new enough: %s', (version, expected) => {
  expect(isNewEnough({ version })).toBe(expected);
});

test('takes the first that is new enough', () => {
  const there: Record<string, Python> = {
    '/usr/bin/python3': python('3.9.2'),
    python3: python('3.10.1'),
    'python3.13': python('3.13.0'),
    'python3.11': python('3.11.7'),
  };
  expect(findPython({}, (command) => there[command])?.version).toBe('3.13.0');
  expect(findPython({ REGIMEN_PYTHON: 'python3' }, (command) => there[command])).toBeUndefined();
  expect(findPython({}, () => undefined)).toBeUndefined();
});
