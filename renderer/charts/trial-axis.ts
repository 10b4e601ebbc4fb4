import { linearScale, tickDigits, valueTicks } from './scale.ts';

export type ParameterValue = number | string | boolean;

/** A range, or choices, that values of a hyper-parameter are drawn from. */
export interface ParameterRange {
  readonly name: string;
  /** Null of choices. */
  readonly low: number | null;
  readonly high: number | null;
  readonly log: boolean;
  readonly choices: readonly ParameterValue[];
}

/** Where values stand on a hyper-parameter's axis, from 0 to 1. */
export interface TrialAxis {
  readonly name: string;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  /** Null where a trial does not have it. */
  place(value: ParameterValue | undefined): number | null;
}

/** Log axes where the range is drawn on a logarithm; choices evenly beside each other. */
export function trialAxis({ name, low, high, log, choices }: ParameterRange, count = 4): TrialAxis {
  if (low === null || high === null) {
    const at = (choice: number) => (choice + 0.5) / choices.length;
    return {
      name,
      ticks: choices.map((choice, c) => ({ at: at(c), text: String(choice) })),
      place: (value) => {
        const choice = value === undefined ? -1 : choices.indexOf(value);
        return choice === -1 ? null : at(choice);
      },
    };
  }
  const scale = log
    ? (value: number) => linearScale(Math.log(low), Math.log(high), 0, 1)(Math.log(value))
    : linearScale(low, high, 0, 1);
  return {
    name,
    ticks: (log ? logTicks(low, high, count) : linearTicks(low, high, count)).map((tick) => ({
      at: scale(tick.value),
      text: tick.text,
    })),
    place: (value) => (typeof value === 'number' ? scale(value) : null),
  };
}

interface Tick {
  readonly value: number;
  readonly text: string;
}

function linearTicks(low: number, high: number, count: number): Tick[] {
  const ticks = valueTicks([low, high], count);
  const digits = tickDigits(ticks);
  return ticks
    .filter((tick) => tick >= low && tick <= high)
    .map((value) => ({ value, text: String(Number(value.toFixed(digits))) }));
}

/** Powers of ten, and where there are few of them their 2 and 5, too; at most `count` + 1, evenly thinned out. */
function logTicks(low: number, high: number, count: number): Tick[] {
  const powers: number[] = [];
  const between: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const factor of [1, 2, 5]) {
      const value = factor * 10 ** power;
      if (value < low * (1 - 1e-9) || value > high * (1 + 1e-9)) continue;
      if (factor === 1) powers.push(value);
      between.push(value);
    }
  }
  const all = powers.length >= 3 ? powers : between;
  const step = Math.ceil(all.length / (count + 1));
  return all
    .filter((_, i) => i % step === 0)
    .map((value) => ({ value, text: String(Number(value.toPrecision(1))) }));
}
