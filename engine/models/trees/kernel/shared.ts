import { createWasmKernel } from './compiled.ts';
import type { Kernel } from './kernel.ts';
import { createReferenceKernel } from './reference.ts';

let shared: Kernel | undefined;

/** This thread's kernel. Its memory is scratch: whoever calls `reserve` has it until it returns to the caller. */
export function sharedKernel(): Kernel {
  shared ??= createWasmKernel() ?? createReferenceKernel();
  return shared;
}
