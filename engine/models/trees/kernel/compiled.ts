import type { Kernel } from './kernel.ts';
import { viewMemory } from './memory.ts';
import { KERNEL_WASM } from './wasm.ts';

interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The part of the global that is used here; TypeScript declares it for browsers only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> };
  validate(bytes: Uint8Array): boolean;
};

const PAGE = 65_536;

/** The kernel compiled from kernel.as, or undefined where WebAssembly SIMD is not supported. */
export function createWasmKernel(): Kernel | undefined {
  const binary = Buffer.from(KERNEL_WASM, 'base64');
  if (!WebAssembly.validate(binary)) return undefined;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary));
  const memory = exports.memory as WasmMemory;
  let views = viewMemory(memory.buffer);
  const functions = exports as unknown as Omit<Kernel, 'reserve'>;
  return {
    reserve(bytes) {
      const missing = bytes - memory.buffer.byteLength;
      if (missing > 0) {
        memory.grow(Math.ceil(missing / PAGE));
        views = viewMemory(memory.buffer);
      }
      return views;
    },
    histograms: functions.histograms,
    subtract: functions.subtract,
    bestSplit: functions.bestSplit,
    partition: functions.partition,
    binColumn: functions.binColumn,
    walk: functions.walk,
  };
}
