import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import type { Worker } from 'node:worker_threads';

const GROWTH_FLAG = '--heap-growing-percent';

/**
 * How often V8 has to run a function before it compiles it, and how much it takes into it of others: while there is work of any size, and by
 * itself. Left to itself, it spends a quarter of a grid of linear models on making machine code twice, well and then better, in the host
 * and once more in every thread, of functions that have done most of their work by then: the hot loops are WebAssembly. What is
 * compiled computes the same.
 *
 * The last says by how much what is in use may grow before V8 goes through all of the heap, %; left to itself it decides by its pace, and does after every
 * dozen results, for their arrays, which are no part of it. Once for several dozen takes a host and its threads 30 to 40 MB more. A host that
 * has much in use, that of a long history, lets it grow by less; see `MOST_GROWTH`.
 */
export const COMPILING: readonly {
  readonly flag: string;
  readonly patient: number;
  readonly usual: number;
}[] = [
  { flag: '--invocation-count-for-maglev', patient: 2000, usual: 400 },
  { flag: '--invocation-count-for-maglev-osr', patient: 600, usual: 100 },
  { flag: '--invocation-count-for-turbofan', patient: 30_000, usual: 10_000 },
  { flag: '--invocation-count-for-osr', patient: 9000, usual: 800 },
  { flag: '--max-inlined-bytecode-size-cumulative', patient: 200, usual: 920 },
  { flag: GROWTH_FLAG, patient: 300, usual: 0 },
];

/** What a host's own heap may grow by once it is a large one, bytes: that of a long history has little of what it holds to give back. */
const MOST_GROWTH = 32 * 1024 * 1024;
/** Up to here it may grow by the whole percentage. */
const SMALL_HEAP = 32 * 1024 * 1024;
/** Steps of that percentage: of what is in use no one knows more than about how much. */
const STEP = 25;

/** What the host had in use when it was last decided by how much it may grow. */
let decidedAt = 0;
let growth = 0;

/** The version of V8 that was measured, that of Node 24: others may count otherwise, and complain of flags that they have not. */
const MEASURED = 13;

/** Works of any size that are going on. */
let works = 0;
/** Threads that load their code, or give it back. */
let loading = 0;
/** Whether V8 is patient; undefined: it is not asked to be, and never was. */
let isPatient: boolean | undefined;

/**
 * Has V8 be patient until the function that is returned is called, in this thread and in all others of its process.
 *
 * With other flags than its own V8 takes no compiled code from where it is kept, neither Node's nor ours: to start a thread then takes twice
 * its time. So it is as it was while a thread starts, and while one ends, which keeps what it has compiled.
 *
 * Whoever gave any of these flags to Node knows better. In Electron all stays as it is.
 */
export function patient(): () => void {
  if (!isMeasured()) return () => undefined;
  if (isPatient === undefined) {
    isPatient = false;
    process.on('worker', whileItLoads);
    // Node keeps what was compiled after this.
    process.on('exit', () => set(false));
  }
  works++;
  update();
  return once(() => {
    works--;
    update();
  });
}

/** Does what may start a thread: that it loads its code is known a moment later than it begins to. */
export function mayStartThread<T>(work: () => T): T {
  loading++;
  update();
  try {
    return work();
  } finally {
    setImmediate(() => {
      loading--;
      update();
    });
  }
}

/** Does what ends threads, or loads code. */
export async function withoutPatience<T>(work: () => Promise<T>): Promise<T> {
  loading++;
  update();
  try {
    return await work();
  } finally {
    loading--;
    update();
  }
}

/** V8 compiles WebAssembly once, as well as it can, and all of it. */
const WELL = ['--no-liftoff', '--no-wasm-lazy-compilation'];
const USUALLY = ['--liftoff', '--wasm-lazy-compilation'];

/**
 * Compiles WebAssembly for a process that lives long and waits for its first work: left to itself V8 compiles each function when it is first called,
 * and again, better, while it is at work, beside the thread that trains.
 */
export function compileWell(compile: () => void): void {
  if (!isMeasured()) return;
  for (const flag of WELL) setFlagsFromString(flag);
  try {
    compile();
  } finally {
    for (const flag of USUALLY) setFlagsFromString(flag);
  }
}

/** A thread of a pool says that it is ready. */
function whileItLoads(worker: Worker): void {
  loading++;
  update();
  const end = once(() => {
    loading--;
    update();
  });
  worker.once('message', end);
  worker.once('exit', end);
}

function update(): void {
  if (isPatient !== undefined) set(works > 0 && loading === 0);
}

function set(wanted: boolean): void {
  if (wanted === isPatient) return;
  isPatient = wanted;
  for (const { flag, patient, usual } of COMPILING) {
    const most = flag === GROWTH_FLAG ? growthOf(patient) : patient;
    setFlagsFromString(`${flag}=${wanted ? most : usual}`);
  }
}

/** %: decided anew once what is in use has doubled. Other threads have little in use, and the same percentage. */
function growthOf(most: number): number {
  const { used_heap_size: used } = getHeapStatistics();
  if (used > 2 * decidedAt) {
    decidedAt = used;
    const part = Math.max(STEP, STEP * Math.round((100 * MOST_GROWTH) / used / STEP));
    growth = used <= SMALL_HEAP ? most : Math.min(most, part);
  }
  return growth;
}

const KNOWN_FLAGS = [...COMPILING.map(({ flag }) => flag), ...WELL, ...USUALLY];

function isMeasured(): boolean {
  return (
    Number.parseInt(process.versions.v8, 10) === MEASURED &&
    process.versions.electron === undefined &&
    !process.execArgv.some((given) => KNOWN_FLAGS.some((flag) => given.startsWith(flag)))
  );
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
