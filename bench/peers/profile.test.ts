import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { topFunctions } from './profile.ts';

test('profiles of all threads are added up, without idle time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-profile-'));
  const node = (id: number, functionName: string, url = 'file:///a/b.js') => ({
    id,
    callFrame: { functionName, url, lineNumber: 6 },
  });
  const nodes = [
    node(1, '(root)', ''),
    node(2, '(idle)', ''),
    node(3, 'fit'),
    node(4, ''),
    node(5, '(program)', ''),
    node(6, 'atomicsWaitLoop'),
  ];
  const write = (name: string, samples: number[], timeDeltas: number[]) =>
    writeFileSync(join(folder, name), JSON.stringify({ nodes, samples, timeDeltas }));
  write('CPU.1.cpuprofile', [3, 2, 4], [50, 900, 10]);
  write('CPU.2.cpuprofile', [3, 5, 1, 6], [10, 30, 7, 500]);
  writeFileSync(join(folder, 'other.json'), 'no profile');
  expect(topFunctions(folder, 2)).toEqual([
    { name: 'fit b.js:7', percent: 60 },
    { name: '(program)', percent: 30 },
  ]);
  rmSync(folder, { recursive: true });
});
