import { subtract } from '../kernels/elementwise.ts';

/** Writes a feature from a source column and the close of the same bars. */
export type SameBarFormula = (source: Float64Array, close: Float64Array, out: Float64Array) => void;

/** Writes a feature from a source column, the same one a bar before, and the close. */
export type ChangeFormula = (
  now: Float64Array,
  before: Float64Array,
  close: Float64Array,
  out: Float64Array,
) => void;

/** Writes a feature from a volume, the same one a bar before, and mean and deviation of its window. */
export type VolumeFormula = (
  now: Float64Array,
  before: Float64Array,
  mean: Float64Array,
  std: Float64Array,
  out: Float64Array,
) => void;

/** `plain`: the column itself. */
export type FormulaName =
  | 'plain'
  | keyof typeof SAME_BAR_FORMULAS
  | keyof typeof CHANGE_FORMULAS
  | keyof typeof VOLUME_FORMULAS;

/** A standard deviation below this share of the mean is rounding noise of equal values. */
export const NOISE = 1e-12;

export const SAME_BAR_FORMULAS = {
  /** How far the close lies above a price, as a share of the close (finite even for a price of 0). */
  closeAbove(level, close, out) {
    for (let i = 0, n = out.length; i < n; i++) out[i] = (close[i] - level[i]) / close[i];
  },
  shareOfClose(difference, close, out) {
    for (let i = 0, n = out.length; i < n; i++) out[i] = difference[i] / close[i];
  },
  /** 0..100 to -1..1. */
  centered(oscillator, _close, out) {
    for (let i = 0, n = out.length; i < n; i++) out[i] = oscillator[i] / 50 - 1;
  },
} satisfies Record<string, SameBarFormula>;

export const CHANGE_FORMULAS = {
  changeOverClose(now, before, close, out) {
    for (let i = 0, n = out.length; i < n; i++) out[i] = (now[i] - before[i]) / close[i];
  },
  /** In the units of the normalized encoder, where an oscillator spans -1..1. */
  changeOverFifty(now, before, _close, out) {
    for (let i = 0, n = out.length; i < n; i++) out[i] = (now[i] - before[i]) / 50;
  },
  plainChange: (now, before, _close, out) => subtract(now, before, out),
} satisfies Record<string, ChangeFormula>;

export const VOLUME_FORMULAS = {
  /** Distance from the mean, in standard deviations; 0 where the volume never changed. */
  zScore(now, _before, mean, std, out) {
    for (let i = 0, n = out.length; i < n; i++) {
      out[i] = std[i] <= NOISE * Math.abs(mean[i]) ? 0 : (now[i] - mean[i]) / std[i];
    }
  },
  /** Change over one bar, in the same standard deviations. */
  volumeChange(now, before, mean, std, out) {
    for (let i = 0, n = out.length; i < n; i++) {
      out[i] = std[i] <= NOISE * Math.abs(mean[i]) ? 0 : (now[i] - before[i]) / std[i];
    }
  },
} satisfies Record<string, VolumeFormula>;

export function isSameBar(formula: FormulaName): formula is keyof typeof SAME_BAR_FORMULAS {
  return formula in SAME_BAR_FORMULAS;
}

export function isChange(formula: FormulaName): formula is keyof typeof CHANGE_FORMULAS {
  return formula in CHANGE_FORMULAS;
}
