import { expect, test, vi } from 'vitest';
import { readArguments } from './arguments.ts';

vi.mock('electron', () => ({ app: {} }));

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

test('a file by its address is that file, one of another machine is passed over', () => {
  expect(read('file:///g/my%20night.yaml')).toEqual({ workspace: '/default', gridFile: '/g/my night.yaml' });
  for (const argument of ['https://example.test/grid.yaml', 'sftp://host/grid.yaml', 'file://host/grid.yaml'])
    expect(read(argument)).toEqual({ workspace: '/default' });
});

test('a link is kept as it is, whatever it ends with', () => {
  expect(read('regimen://run/12')).toEqual({ workspace: '/default', link: 'regimen://run/12' });
  expect(read('--', 'Regimen://x.yaml')).toEqual({ workspace: '/default', link: 'Regimen://x.yaml' });
});
