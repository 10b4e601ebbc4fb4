import { spawnSync } from 'node:child_process';
import { setImmediate } from 'node:timers/promises';
import { cachedDataVersionTag } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { COMPILING, compileWell, mayStartThread, patient, withoutPatience } from './patience.ts';

const isMeasured = process.versions.v8.startsWith('13.');

/** V8 takes compiled code from where it is kept only if this is what it was. */
const flags = () => cachedDataVersionTag();

describe.runIf(isMeasured)('patience', () => {
  const usual = flags();

  /** What the flags are while there is work. */
  function whenPatient(): number {
    const end = patient();
    const found = flags();
    end();
    return found;
  }

  test('lasts while there is any work, and leaves nothing behind', () => {
    const [first, second] = [patient(), patient()];
    const patience = flags();
    expect(patience).not.toBe(usual);
    first();
    first();
    expect(flags()).toBe(patience);
    second();
    expect(flags()).toBe(usual);
  });

  test('leaves nothing behind where WebAssembly is compiled well, nor where that fails', () => {
    let meanwhile = usual;
    compileWell(() => {
      meanwhile = flags();
    });
    expect(meanwhile).not.toBe(usual);
    expect(flags()).toBe(usual);
    const fail = () => {
      throw new Error('no');
    };
    expect(() => compileWell(fail)).toThrow('no');
    expect(flags()).toBe(usual);
  });

  test('is suspended while a thread loads its code', async () => {
    const patience = whenPatient();
    const end = patient();
    const script = `const { parentPort } = require('node:worker_threads');
      const { cachedDataVersionTag } = require('node:v8');
      parentPort.postMessage(cachedDataVersionTag());
      parentPort.on('message', () => process.exit());`;
    const worker = mayStartThread(() => new Worker(script, { eval: true }));
    const { promise: loaded, resolve } = Promise.withResolvers<number>();
    const { promise: ended, resolve: endOf } = Promise.withResolvers<void>();
    worker.once('message', resolve);
    worker.once('exit', () => endOf());
    expect(flags()).toBe(usual);
    expect(await loaded).toBe(usual);
    expect(flags()).toBe(patience);
    worker.postMessage('end');
    await ended;
    expect(flags()).toBe(patience);
    end();
  });

  test('is suspended for a moment only where no thread was started, and while threads end or code is loaded', async () => {
    const patience = whenPatient();
    const end = patient();
    expect(mayStartThread(flags)).toBe(usual);
    await setImmediate();
    await setImmediate();
    expect(flags()).toBe(patience);
    const meanwhile = await withoutPatience(async () => flags());
    expect([meanwhile, flags()]).toEqual([usual, patience]);
    end();
    expect(flags()).toBe(usual);
  });
});

const MODULE = new URL('./patience.ts', import.meta.url).href;

/** Whether a function that runs often, and no more often than that, is compiled with optimization. */
const SCRIPT = `
  const { patient } = await import(${JSON.stringify(MODULE)});
  patient();
  let sum = 0;
  function add(x) { sum += x; }
  for (let i = 0; i < 600; i++) add(i);
  await new Promise((resolve) => setTimeout(resolve, 100));
  add(1);
  const [OPTIMIZED, MAGLEV] = [1 << 4, 1 << 5];
  console.log((%GetOptimizationStatus(add) & (OPTIMIZED | MAGLEV)) !== 0);
`;

function isCompiled(...given: string[]): boolean {
  const ran = spawnSync(
    process.execPath,
    ['--allow-natives-syntax', '--no-warnings', ...given, '--input-type=module', '-e', SCRIPT],
    { encoding: 'utf8' },
  );
  expect(ran.stderr).toBe('');
  return ran.stdout.trim() === 'true';
}

test.runIf(isMeasured)('what ran a few hundred times is left as it is', () => {
  expect(isCompiled()).toBe(false);
});

test('flags that were given are left alone', () => {
  expect(isCompiled('--invocation-count-for-maglev=100')).toBe(true);
});

test('V8 knows each flag', () => {
  const given = COMPILING.map(({ flag, patient }) => `${flag}=${patient}`);
  const ran = spawnSync(process.execPath, [...given, '-e', ''], { encoding: 'utf8' });
  expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: '' });
});
