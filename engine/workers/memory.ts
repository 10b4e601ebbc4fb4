import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Configuration } from '../contract/configuration.ts';
import { EngineError } from '../contract/errors.ts';
import { modelTitle } from '../contract/model-type-names.ts';
import { buildFeatures, rolloutNumbers } from '../features/build.ts';
import { sliceCandles } from '../market/candles.ts';
import type { LoadedContext } from '../pipeline/job.ts';
import { evaluationEnd, rowsWithin } from '../pipeline/windows.ts';

const MB = 1024 * 1024;

/** What features of a view take at least, bytes: enough to refuse what can't be before it is computed. */
export function leastBytes({ spec, candles, higher }: LoadedContext): number {
  const none = <C extends Parameters<typeof sliceCandles>[0]>(series: C) => sliceCandles(series, 0, 0);
  const request = {
    candles: none(candles),
    encoder: spec.encoder,
    indicatorTimeframes: spec.indicatorTimeframes,
    higher: new Map(higher.map((series) => [series.timeframe, none(series)])),
    fitEnd: 0,
  };
  const { columns } = buildFeatures(request).matrix;
  const { evaluation } = spec;
  const { from, to } = rowsWithin(candles, { from: evaluation.start, to: evaluationEnd(evaluation) });
  // Every column in view, at every evaluated bar at least one more that it is made from, and a block of lanes.
  const numbers = columns.length * (candles.length + to - from) + rolloutNumbers(request, to - from);
  return numbers * Float64Array.BYTES_PER_ELEMENT;
}

/** What this thread holds by itself, bytes: its heap, its arrays and the memory of WebAssembly, without what threads share. */
export function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

let collect: (() => void) | undefined;

/** As `heldBytes`, without what nobody uses any more. Takes a moment. */
export function usedBytes(): number {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  // Arrays that the first finds unused are let go in the background: the second waits for that.
  collect();
  collect();
  return heldBytes();
}

/** The error of a configuration that takes, or would take, more than a worker thread may use. */
export function memoryError(configuration: Configuration, bytes: number, limitMb: number): EngineError {
  const { modelType, symbol, timeframe, daysHistory } = configuration;
  const neededMb = Math.ceil(bytes / MB);
  // What a cell is trained with comes on top.
  const enoughMb = Math.ceil((1.5 * neededMb) / 64) * 64;
  return new EngineError(
    'worker-memory',
    `${modelTitle(modelType)} ${symbol} ${timeframe}, ${daysHistory} days: its features take ${neededMb} MB or more, and queue.worker_memory_mb allows a worker ${limitMb}. ` +
      `Set it to ${enoughMb} if the machine has as much for each worker thread, or use a longer timeframe, fewer days or fewer indicators.`,
    { neededMb, limitMb },
  );
}
