import { performance } from 'node:perf_hooks';
import type { MessagePort } from 'node:worker_threads';
import { toErrorDto } from '../contract/errors.ts';
import { runCell } from '../pipeline/cell.ts';
import { type BatchContext, createContext } from '../pipeline/context.ts';
import type { CellJob, CellResult, ContextSpec } from '../pipeline/job.ts';

/** A thread's piece of work: cells that share a context, whose results go to `port` one by one. */
export interface BatchTask {
  readonly context: ContextSpec;
  readonly cells: readonly CellJob[];
  readonly port: MessagePort;
}

/** Two are kept: neighbouring batches of a queue mostly share one, and a boundary needs the next. */
const KEPT_CONTEXTS = 2;
const contexts = new Map<string, BatchContext>();

function contextFor(spec: ContextSpec): BatchContext {
  const known = contexts.get(spec.key);
  if (known !== undefined) return known;
  const context = createContext(spec);
  contexts.set(spec.key, context);
  if (contexts.size > KEPT_CONTEXTS) {
    const [oldest] = contexts.keys();
    contexts.delete(oldest);
  }
  return context;
}

/** Runs in a worker thread. A cell that throws is a failed result; the batch goes on. */
export default function runBatchTask({ context: spec, cells, port }: BatchTask): void {
  for (const cell of cells) {
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1000;
    let result: CellResult;
    try {
      result = { ...runCell(contextFor(spec), cell), seconds: seconds() };
    } catch (error) {
      result = { status: 'failed', index: cell.index, error: toErrorDto(error), seconds: seconds() };
    }
    const transfer =
      result.status === 'completed' ? [result.results.buffer as ArrayBuffer, result.artefact.buffer] : [];
    port.postMessage(result, transfer);
  }
}
