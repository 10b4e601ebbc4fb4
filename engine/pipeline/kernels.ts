import { KERNEL_WASM as BACKTEST } from '../backtest/kernel/wasm.ts';
import { LOOPS_WASM as FEATURES } from '../features/loops/wasm.ts';
import { KERNEL_WASM as INFERENCE } from '../inference/kernel/wasm.ts';
import { KERNEL_WASM as LINEAR } from '../models/linear/kernel/wasm.ts';
import { FORWARD_WASM as FORWARD } from '../models/trees/forward/wasm.ts';
import { KERNEL_WASM as TREES } from '../models/trees/kernel/wasm.ts';
import { KERNEL_WASM as COINS } from '../statistics/kernel/wasm.ts';

/** The WebAssembly of all that a cell runs, in base64. */
export const KERNELS: readonly string[] = [FEATURES, LINEAR, TREES, FORWARD, INFERENCE, BACKTEST, COINS];
