import { accessSync, constants } from 'node:fs';

/**
 * How the C library's allocator is to treat what Node asks it for, arrays above all. Left to itself, glibc takes the largest array that was ever
 * freed, up to 32 MB, for the size from which on arrays are given back to the system one by one, and keeps up to twice that free at the
 * end of each of its up to eight arenas a core: a host that trains then holds hundreds of megabytes that nobody uses. With
 * these, arrays from 1 MB on come from the system and go back to it, and what is free at an arena's end goes back from 4 MB on: a grid of
 * linear models takes a tenth of processor time less than with 64 KB and 1 MB, whose pages the system clears again and again, and holds
 * no more. See mallopt(3); other C libraries know none of these.
 */
export const ALLOCATOR = Object.freeze({
  MALLOC_MMAP_THRESHOLD_: String(1 << 20),
  MALLOC_TRIM_THRESHOLD_: String(4 << 20),
  MALLOC_ARENA_MAX: '2',
});

/** What a user may have set who knows better. */
const OWN_CHOICES = ['GLIBC_TUNABLES', 'LD_PRELOAD', ...Object.keys(ALLOCATOR)];

/**
 * Of a process that hands on what its threads train. V8 takes its own thread for idle, and would go through its heap twice more each time that it went
 * through it, to make it 10 MB smaller: a tenth of a second of the processor. Those of the version that was measured, that of Node 24.
 */
export const WORKER_FLAGS = Object.freeze(
  process.versions.v8.startsWith('13.') ? ['--no-memory-reducer'] : [],
);

/**
 * Of a server, which holds what a long history is searched by: where V8 puts what is new it would take up to 48 MB in time. Half of it does for
 * a thread whose large things are arrays.
 */
export const SERVER_FLAGS = Object.freeze(['--max-semi-space-size=8']);

/**
 * Starts this process anew, once and under the same id, with the allocator set: it reads its settings when a process begins.
 * Where that can't be done, it goes on as it is.
 * @param {readonly string[]} flags of Node and V8, beside those that it has
 */
export function setAllocator(flags = []) {
  const { env } = process;
  if (isSet(env)) {
    // What this process starts is left to itself.
    for (const name of Object.keys(ALLOCATOR)) delete env[name];
    return;
  }
  // A channel to the process that forked this one would not outlive it.
  if (process.platform !== 'linux' || process.channel !== undefined) return;
  if (typeof process.execve !== 'function' || OWN_CHOICES.some((name) => env[name] !== undefined)) return;
  // That it is experimental is nothing to users.
  process.removeAllListeners('warning');
  try {
    accessSync(process.execPath, constants.X_OK);
    const argv = [process.execPath, ...process.execArgv, ...flags, ...process.argv.slice(1)];
    process.execve(process.execPath, argv, { ...env, ...ALLOCATOR });
  } catch {
    // More memory is held.
  }
}

/** @param {NodeJS.ProcessEnv} env */
function isSet(env) {
  return Object.entries(ALLOCATOR).every(([name, value]) => env[name] === value);
}
