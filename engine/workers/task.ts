import { performance } from 'node:perf_hooks';
import { type MessagePort, threadId } from 'node:worker_threads';
import { toErrorDto } from '../contract/errors.ts';
import { createContext } from '../pipeline/context.ts';
import { type FitAll, fitInTurn } from '../pipeline/fit-all.ts';
import type { LoadedContext, WorkerJob, WorkerResult } from '../pipeline/job.ts';
import { createContextCache } from './context-cache.ts';
import { type BatchControl, takeCell } from './control.ts';
import { runJob } from './run-job.ts';
import { fitMember as fitSharedMember, fitSharing, type HelpedFit, type SharedFits } from './shared-fits.ts';
import { type Packed, pack } from './wire.ts';

export { readCandles, resample } from './candle-tasks.ts';

/** One thread's part in a batch: it takes cells until none is left, and tells `port` of each start and result. */
export interface BatchTask {
  /** Its candles lie on shared memory. */
  readonly context: LoadedContext;
  readonly cells: readonly WorkerJob[];
  readonly control: BatchControl;
  readonly port: MessagePort;
  /** Rows x features x trees of a member from which others are offered to idle threads. */
  readonly leastSharedWork: number;
  /** What the thread may use, megabytes: heap and arrays, without what threads share. */
  readonly memoryMb: number;
  /** Results go to another machine: this thread packs them, and its host is spared it. */
  readonly packs: boolean;
}

export type TaskMessage =
  | { readonly type: 'start'; readonly position: number; readonly thread: number }
  /** Threads that are idle may fit some of a model's members; each comes back through the port as a `HelpedFit`. */
  | { readonly type: 'share'; readonly fits: SharedFits }
  | { readonly type: 'result'; readonly position: number; readonly result: WorkerResult | Packed };

/** Of the batch that this thread works on: contexts outlive it. */
let fitAll: FitAll = fitInTurn;

const contexts = createContextCache((loaded, others) =>
  createContext(loaded, (type, sets, hyperparameters) => fitAll(type, sets, hyperparameters), others),
);

/** Runs in a worker thread. A cell that throws is a failed result; the batch goes on. Returns how many were run. */
export default function runBatchTask({
  context,
  cells,
  control,
  port,
  leastSharedWork,
  memoryMb,
  packs,
}: BatchTask): number {
  const key = JSON.stringify(context.spec);
  const send = (message: TaskMessage, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  fitAll = fitSharing(port, (fits) => send({ type: 'share', fits }), leastSharedWork);
  let ran = 0;
  for (;;) {
    const position = takeCell(control, cells.length);
    if (position === undefined) return ran;
    send({ type: 'start', position, thread: threadId });
    const result = runOne(key, context, cells[position]!, memoryMb);
    if (packs) {
      const packed = pack(result);
      send({ type: 'result', position, result: packed }, [packed.buffer]);
    } else send({ type: 'result', position, result }, buffersOf(result));
    ran++;
  }
}

/** What can be handed over without a copy. */
function buffersOf(result: WorkerResult): ArrayBuffer[] {
  const buffers: ArrayBuffer[] = [];
  if ('results' in result) buffers.push(result.results.buffer as ArrayBuffer);
  if (result.status === 'completed') {
    buffers.push(result.artifact.buffer);
    if (result.encoded !== undefined) buffers.push(result.encoded.buffer);
  }
  if (result.status === 'refitted') buffers.push(result.artifact.buffer);
  if (result.status === 'tested') buffers.push(...result.windows.map(({ bytes }) => bytes.buffer));
  return buffers;
}

/** Another thread's model is fitted here, in part. What fails is left to that thread, which will say why. */
export function fitMember({
  fits,
  helper,
}: {
  readonly fits: SharedFits;
  readonly helper: number;
}): HelpedFit | undefined {
  return fitSharedMember(fits, helper);
}

function runOne(key: string, loaded: LoadedContext, cell: WorkerJob, memoryMb: number): WorkerResult {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  try {
    const contextOf = (part: LoadedContext) => {
      const name = part === loaded ? key : JSON.stringify(part.spec);
      return contexts.get(name, part, cell, memoryMb);
    };
    return { ...runJob(loaded, contextOf, cell), seconds: seconds() };
  } catch (error) {
    return { status: 'failed', index: cell.index, error: toErrorDto(error), seconds: seconds() };
  }
}
