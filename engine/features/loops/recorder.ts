import { MAX_ROLLOUT_STEPS } from '../matrix.ts';
import type { PLAIN } from './plain.ts';

/** Loops that can be repeated, in the order that run.as numbers them in. */
export const OPERATIONS = [
  'copy',
  'add',
  'subtract',
  'appendBars',
  'extendSum',
  'extendMoments',
  'extendExtremes',
  'smooth',
  'bands',
  'movement',
  'directionalIndex',
  'changes',
  'strength',
  'positionInBar',
  'positionInWindow',
  'meanOfThree',
  'rateOfChange',
  'addSignedVolume',
  'typicalPrice',
  'weightedMean',
  'closeAbove',
  'shareOfClose',
  'centered',
  'changeOverClose',
  'changeOverFifty',
  'zScore',
  'volumeChange',
] as const satisfies readonly (keyof typeof PLAIN)[];
export type Operation = (typeof OPERATIONS)[number];

/** Of an operation: its number, up to nine addresses, and a float64. */
const OPERATION_BYTES = 48;
const FLOAT_AT = 40;
/** There is room for so many a step on average: of all indicators by default, no encoder has more than 94. */
const OPERATIONS_PER_STEP = 256;
/** Memory that it takes. */
export const RECORDER_BYTES = MAX_ROLLOUT_STEPS * OPERATIONS_PER_STEP * OPERATION_BYTES;

/** Does so many operations that were written down at an address, for so many lanes. */
export type Run = (program: number, operations: number, lanes: number) => void;

interface Recorded {
  readonly at: number;
  readonly operations: number;
  readonly lanes: number;
}

/**
 * Writes down which loops a step consists of while they are done for the first time, and has them done by one call from then on.
 * It works in the first RECORDER_BYTES of the memory.
 */
export class Recorder {
  readonly #words: Uint32Array;
  readonly #floats: Float64Array;
  readonly #run: Run;
  /** By step. */
  readonly #recorded: (Recorded | undefined)[] = [];
  #end = 0;
  #isRecording = false;
  /** Of the step that is being recorded. */
  #operations = 0;
  #lanes = 0;

  constructor(memory: ArrayBuffer, run: Run) {
    this.#words = new Uint32Array(memory);
    this.#floats = new Float64Array(memory);
    this.#run = run;
  }

  /** See `LaneLoops`. */
  repeat(step: number, work: () => void): void {
    const known = this.#recorded[step];
    if (known !== undefined) {
      this.#run(known.at, known.operations, known.lanes);
      return;
    }
    this.#isRecording = true;
    this.#operations = 0;
    work();
    if (this.#isRecording) {
      this.#recorded[step] = { at: this.#end, operations: this.#operations, lanes: this.#lanes };
      this.#end += OPERATION_BYTES * this.#operations;
    }
    this.#isRecording = false;
  }

  /** See `LaneLoops`. */
  forget(): void {
    this.#recorded.length = 0;
    this.#end = 0;
  }

  /** See `LaneLoops`. */
  once(work: () => void): void {
    const wasRecording = this.#isRecording;
    this.#isRecording = false;
    work();
    this.#isRecording = wasRecording;
  }

  /** Takes an operation with its arguments as they are handed to the compiled loop; the last of them is an array. */
  add(operation: Operation, values: readonly (Float64Array | number)[]): void {
    if (!this.#isRecording) return;
    const at = this.#end + OPERATION_BYTES * this.#operations;
    const { length } = values.at(-1) as Float64Array;
    if (this.#operations === 0) this.#lanes = length;
    if (at + OPERATION_BYTES > RECORDER_BYTES || length !== this.#lanes) {
      this.#isRecording = false;
      return;
    }
    let word = at >> 2;
    this.#words[word++] = OPERATIONS.indexOf(operation);
    for (const value of values) {
      if (typeof value === 'number') this.#floats[(at + FLOAT_AT) >> 3] = value;
      else this.#words[word++] = value.byteOffset;
    }
    this.#operations++;
  }
}
