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
  const module = compiled(base64);
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

/**
 * Compiles modules and keeps them as long as the process lives, for a thread that starts others: V8 gives equal bytes one machine code
 * in all threads, and frees it with the last of them. A process whose threads come and go while machine code does has been
 * ended by V8 (https://github.com/nodejs/node/issues/64500).
 */
export function keepCompiled(modules: Iterable<string>): void {
  for (const base64 of modules) compiled(base64);
}

function compiled(base64: string): object | undefined {
  if (!modules.has(base64)) modules.set(base64, compile(base64));
  return modules.get(base64);
}

function compile(base64: string): object | undefined {
  const binary = Buffer.from(base64, 'base64');
  return WebAssembly.validate(binary) ? new WebAssembly.Module(binary) : undefined;
}
