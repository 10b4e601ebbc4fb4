import { type Memory, viewMemory } from './memory.ts';

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

export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
  /** Memory of at least `bytes`. Views handed out before are void where it had to grow; its content is kept. */
  reserve(bytes: number): Memory;
}

/** An instance of a module that exports its memory, or undefined where WebAssembly SIMD is not supported. */
export function instantiate(base64: string): WasmInstance | undefined {
  const binary = Buffer.from(base64, 'base64');
  if (!WebAssembly.validate(binary)) return undefined;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary));
  const memory = exports.memory as WasmMemory;
  let views = viewMemory(memory.buffer);
  return {
    exports,
    reserve(bytes) {
      const missing = bytes - memory.buffer.byteLength;
      if (missing > 0) {
        memory.grow(Math.ceil(missing / PAGE));
        views = viewMemory(memory.buffer);
      }
      return views;
    },
  };
}
