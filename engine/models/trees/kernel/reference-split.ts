import type { Memory } from './memory.ts';

function scoreOf(gradient: number, alpha: number): number {
  const excess = Math.abs(gradient) - alpha;
  return excess > 0 ? excess * excess : 0;
}

/** Order of features that a seed draws: the finalizer of MurmurHash3 (Appleby), a bijection of 32-bit integers. */
function rank(seed: number, feature: number): number {
  let h = seed ^ feature;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The best of a node's splits; of equals the first, or with a seed that of the feature with the highest rank. All in quantized units. */
export class BestSplit {
  private gain = 0;
  private code = -1;
  private gradientLeft = 0;
  private hessianLeft = 0;

  private readonly gradient: number;
  private readonly hessian: number;
  private readonly lambda: number;
  private readonly alpha: number;
  private readonly minHessian: number;
  private readonly ties: number;

  constructor(
    gradient: number,
    hessian: number,
    lambda: number,
    alpha: number,
    minHessian: number,
    ties: number,
  ) {
    this.gradient = gradient;
    this.hessian = hessian;
    this.lambda = lambda;
    this.alpha = alpha;
    this.minHessian = minHessian;
    this.ties = ties;
  }

  consider(code: number, gradientLeft: number, hessianLeft: number): void {
    const { gradient, hessian, lambda, alpha, minHessian } = this;
    if (hessianLeft < minHessian || hessian - hessianLeft < minHessian) return;
    const weightLeft = hessianLeft + lambda;
    const weightRight = hessian - hessianLeft + lambda;
    const gain =
      (scoreOf(gradientLeft, alpha) * weightRight + scoreOf(gradient - gradientLeft, alpha) * weightLeft) /
      (weightLeft * weightRight);
    if (gain < this.gain || (gain === this.gain && !this.winsTie(code))) return;
    this.gain = gain;
    this.code = code;
    this.gradientLeft = gradientLeft;
    this.hessianLeft = hessianLeft;
  }

  private winsTie(code: number): boolean {
    const feature = code >> 9;
    const best = this.code >> 9;
    if (this.ties === 0 || this.code < 0 || feature === best) return false;
    return rank(this.ties, feature) > rank(this.ties, best);
  }

  /** Writes the gain (float64), GL and HL (int32) to `out`; returns the code, -1 if there is no split. */
  write({ f64, i32 }: Memory, out: number): number {
    f64[out >> 3] = this.gain;
    i32[(out >> 2) + 2] = this.gradientLeft;
    i32[(out >> 2) + 3] = this.hessianLeft;
    return this.code;
  }
}
