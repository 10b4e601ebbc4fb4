import { instantiate } from '../../../wasm/instance.ts';
import type { Kernel } from './kernel.ts';
import { viewMemory } from './memory.ts';
import { KERNEL_WASM } from './wasm.ts';

/** The kernel compiled from kernel.as, or undefined where WebAssembly SIMD is not supported. */
export function createWasmKernel(): Kernel | undefined {
  const instance = instantiate(KERNEL_WASM);
  if (instance === undefined) return undefined;
  const functions = instance.exports as unknown as Required<Omit<Kernel, 'reserve'>>;
  let views = viewMemory(instance.reserve(0));
  return {
    reserve(bytes) {
      const buffer = instance.reserve(bytes);
      if (buffer !== views.u8.buffer) views = viewMemory(buffer);
      return views;
    },
    histograms: functions.histograms,
    removeRows: functions.removeRows,
    subtract: functions.subtract,
    bestSplit: functions.bestSplit,
    sortAll: functions.sortAll,
    bestSplitOfAll: functions.bestSplitOfAll,
    bestSplitOfFew: functions.bestSplitOfFew,
    partition: functions.partition,
    growTree: functions.growTree,
    binColumn: functions.binColumn,
    quantileBins: functions.quantileBins,
    walk: functions.walk,
    squaredDerivatives: functions.squaredDerivatives,
    logisticDerivatives: functions.logisticDerivatives,
    absoluteSums: functions.absoluteSums,
    quantize: functions.quantize,
    leafSums: functions.leafSums,
    addLeaves: functions.addLeaves,
    routeRows: functions.routeRows,
    bootstrap: functions.bootstrap,
    sampleRows: functions.sampleRows,
    oneSide: functions.oneSide,
    magnitudes: functions.magnitudes,
    kthLargest: functions.kthLargest,
    countBelow: functions.countBelow,
    outside: functions.outside,
    nodeStreams: functions.nodeStreams,
    coverStream: functions.coverStream,
  };
}
