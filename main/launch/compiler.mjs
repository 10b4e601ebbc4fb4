import { setFlagsFromString } from 'node:v8';

/**
 * When V8 compiles what runs often, for hosts that train. Left to itself, it spends a quarter of a grid of linear models on making
 * machine code twice, well and then better, in the host and once more in every thread, of functions that have done most of their work by
 * then: the hot loops are WebAssembly. With these, a function has to run five to twenty times as often before it is compiled, and takes
 * fewer others into itself. What is compiled computes the same.
 */
export const COMPILER = Object.freeze([
  '--invocation-count-for-maglev=2000',
  '--invocation-count-for-maglev-osr=600',
  '--invocation-count-for-turbofan=30000',
  '--invocation-count-for-osr=9000',
  '--max-inlined-bytecode-size-cumulative=200',
]);

/** The version of V8 that was measured, that of Node 24: others may count otherwise, and complain of flags that they have not. */
const MEASURED = 13;

/**
 * To be called before anything is compiled that is to be kept: V8 keeps machine code apart by these. Threads have what their process
 * has. Whoever gave flags to Node knows better.
 */
export function setCompiler() {
  const version = Number.parseInt(process.versions.v8, 10);
  const isGiven = process.execArgv.some((flag) =>
    COMPILER.some((own) => flag.startsWith(own.split('=')[0] ?? own)),
  );
  if (version !== MEASURED || isGiven) return;
  for (const flag of COMPILER) setFlagsFromString(flag);
}
