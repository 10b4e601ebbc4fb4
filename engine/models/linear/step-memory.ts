/** Steps that are remembered. */
const MOST = 8;
/** A step whose slope changes by less than this part of what its length allows shows rounding, not curvature. */
const LEAST_CURVATURE = 1e-14;

interface Step {
  readonly change: Float64Array;
  readonly slopeChange: Float64Array;
  /** 1 / (change times slope change). */
  readonly inverse: number;
}

/** What the latest steps have shown of a convex function's curvature (L-BFGS: Nocedal, Mathematics of Computation 35, 1980). */
export class StepMemory {
  private steps: Step[] = [];

  clear(): void {
    this.steps = [];
  }

  /** Remembers a step and how the slope has changed along it. */
  add(change: Float64Array, slopeChange: Float64Array): void {
    const product = dot(change, slopeChange);
    const bound = LEAST_CURVATURE * Math.sqrt(dot(change, change) * dot(slopeChange, slopeChange));
    if (!(product > bound)) return;
    this.steps.push({ change, slopeChange, inverse: 1 / product });
    if (this.steps.length > MOST) this.steps.shift();
  }

  /** The inverse curvature times a slope; `solve` is that product by what was known before the steps. */
  times(slope: Float64Array, solve: (slope: Float64Array) => Float64Array): Float64Array {
    const rest = slope.slice();
    const parts = this.steps.map(() => 0);
    for (let k = this.steps.length - 1; k >= 0; k--) {
      const { change, slopeChange, inverse } = this.steps[k];
      const part = inverse * dot(change, rest);
      parts[k] = part;
      for (let i = 0; i < rest.length; i++) rest[i] -= part * slopeChange[i];
    }
    const out = solve(rest);
    this.steps.forEach(({ change, slopeChange, inverse }, k) => {
      const part = parts[k] - inverse * dot(slopeChange, out);
      for (let i = 0; i < out.length; i++) out[i] += part * change[i];
    });
    return out;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
