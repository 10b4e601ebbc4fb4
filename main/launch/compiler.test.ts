import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { COMPILER } from './compiler.mjs';

const MODULE = new URL('./compiler.mjs', import.meta.url).href;

/** Whether a function that runs often, and no more often than that, is compiled with optimization. */
const SCRIPT = `
  const { setCompiler } = await import(${JSON.stringify(MODULE)});
  setCompiler();
  let sum = 0;
  function add(x) { sum += x; }
  for (let i = 0; i < 600; i++) add(i);
  await new Promise((resolve) => setTimeout(resolve, 100));
  add(1);
  const [OPTIMIZED, MAGLEV] = [1 << 4, 1 << 5];
  console.log((%GetOptimizationStatus(add) & (OPTIMIZED | MAGLEV)) !== 0);
`;

function isCompiled(...flags: string[]): boolean {
  const ran = spawnSync(
    process.execPath,
    ['--allow-natives-syntax', ...flags, '--input-type=module', '-e', SCRIPT],
    { encoding: 'utf8' },
  );
  expect(ran.stderr).toBe('');
  return ran.stdout.trim() === 'true';
}

test.runIf(process.versions.v8.startsWith('13.'))('what ran a few hundred times is left as it is', () => {
  expect(isCompiled()).toBe(false);
});

test('flags that were given are left alone', () => {
  expect(isCompiled('--invocation-count-for-maglev=100')).toBe(true);
});

test('V8 knows each flag', () => {
  const ran = spawnSync(process.execPath, [...COMPILER, '-e', ''], { encoding: 'utf8' });
  expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: '' });
});
