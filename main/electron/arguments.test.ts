import { expect, test } from 'vitest';
import { readArguments } from './arguments.ts';

const read = (...argv: string[]) => readArguments(argv, '/home/user', '/default');

test('without arguments the usual workspace is opened', () => {
  expect(read()).toEqual({ workspace: '/default' });
});

test('workspace and grid are read relative to the folder of the caller', () => {
  expect(read('--workspace', 'w')).toEqual({ workspace: '/home/user/w' });
  expect(read('--workspace=/w', 'GRID.yaml')).toEqual({ workspace: '/w', gridFile: '/home/user/GRID.yaml' });
  expect(read('/g/night.YML')).toEqual({ workspace: '/default', gridFile: '/g/night.YML' });
});

test("Chromium's switches and other files are passed over", () => {
  expect(read('--no-sandbox', '--original-process-start-time=1', '--x.yaml', 'notes.txt')).toEqual({
    workspace: '/default',
  });
  expect(read('--workspace')).toEqual({ workspace: '/default' });
});
