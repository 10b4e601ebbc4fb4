import { instantiate } from '../../wasm/instance.ts';
import { NOISE } from '../encoders/formulas.ts';
import type { LaneLoops } from './lane-loops.ts';
import { OPERATIONS, type Operation, RECORDER_BYTES, Recorder, type Run } from './recorder.ts';
import { LOOPS_WASM } from './wasm.ts';

const ALIGNMENT = 16;

/** Of loops.as: the arguments of the plain loop of the same name, with addresses for arrays, and the number of lanes behind them. */
type Compiled = (...values: readonly number[]) => number;
type Loop = (...values: readonly (Float64Array | number)[]) => number;
type CompiledName = Operation | 'exp' | 'sumTerms';

/**
 * What `PLAIN` does, in WebAssembly, with a memory of its own for `arrays` arrays of `floats` numbers in all. Undefined where
 * WebAssembly SIMD is not supported.
 */
export function compiledLoops(arrays: number, floats: number): LaneLoops | undefined {
  const instance = instantiate(LOOPS_WASM);
  if (instance === undefined) return undefined;
  const memory = instance.reserve(RECORDER_BYTES + 8 * floats + ALIGNMENT * arrays);
  const f = instance.exports as unknown as Readonly<Record<CompiledName, Compiled> & { run: Run }>;
  const recorder = new Recorder(memory, f.run);
  const recorded = (name: Operation): Loop => {
    const loop = withAddresses(f[name]);
    return (...values) => {
      recorder.add(name, values);
      return loop(...values);
    };
  };
  const loops = Object.fromEntries(OPERATIONS.map((name) => [name, recorded(name)])) as Record<
    Operation,
    Loop
  >;
  const exp = withAddresses(f.exp);
  let end = RECORDER_BYTES;
  return {
    ...(loops as unknown as LaneLoops),
    floats(length) {
      const array = new Float64Array(memory, end, length);
      end += (8 * length + ALIGNMENT - 1) & -ALIGNMENT;
      return array;
    },
    repeat: (step, work) => recorder.repeat(step, work),
    forget: () => recorder.forget(),
    once: (work) => recorder.once(work),
    plainChange: (now, before, _close, out) => void loops.subtract(now, before, out),
    zScore: (now, before, mean, std, out) => void loops.zScore(now, before, mean, std, NOISE, out),
    volumeChange: (now, before, mean, std, out) =>
      void loops.volumeChange(now, before, mean, std, NOISE, out),
    exp(x, out) {
      // Returns so large that a bar is lost or doubled: rare enough for the long way.
      if (exp(x, out) === 1) for (let i = 0; i < out.length; i++) out[i] = Math.exp(x[i]!);
    },
    sumTerms(columns, { used, coefficients, means, intercept }, scratch, out) {
      for (let k = 0; k < used.length; k++) {
        scratch[3 * k] = columns[used[k]!]!.byteOffset;
        scratch[3 * k + 1] = coefficients[k]!;
        scratch[3 * k + 2] = means[k]!;
      }
      f.sumTerms(scratch.byteOffset, used.length, intercept, out.byteOffset, out.length);
    },
  };
}

/** A loop takes arrays; the last one, which it writes, says how many lanes there are. */
function withAddresses(loop: Compiled): Loop {
  const numbers: number[] = [];
  return (...values) => {
    for (let k = 0; k < values.length; k++) {
      const value = values[k]!;
      numbers[k] = typeof value === 'number' ? value : value.byteOffset;
    }
    numbers[values.length] = (values[values.length - 1] as Float64Array).length;
    return Reflect.apply(loop, undefined, numbers);
  };
}
