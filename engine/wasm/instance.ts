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
  /** Memory of at least `bytes`. Where it had to grow, the buffer handed out before is void; its content is kept. */
  reserve(bytes: number): ArrayBuffer;
}

const modules = new Map<string, object | undefined>();

/**
 * A new instance, with a memory of its own, of a module that exports its memory. Undefined where WebAssembly SIMD is not
 * supported.
 */
export function instantiate(base64: string): WasmInstance | undefined {
  if (!modules.has(base64)) modules.set(base64, compile(base64));
  const module = modules.get(base64);
  if (module === undefined) return undefined;
  const { exports } = new WebAssembly.Instance(module);
  const memory = exports.memory as WasmMemory;
  return {
    exports,
    reserve(bytes) {
      const missing = bytes - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
      return memory.buffer;
    },
  };
}

function compile(base64: string): object | undefined {
  const binary = Buffer.from(base64, 'base64');
  return WebAssembly.validate(binary) ? new WebAssembly.Module(binary) : undefined;
}
