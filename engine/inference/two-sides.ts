/**
 * What a long and a short model say together: out[lane] = the expected log return of the long trade where it is the larger and positive, minus
 * that of the short trade where that is, else 0. NaN where one of them has none.
 *
 * @param long expected log return of the long trade per lane
 * @param short the same of the short trade
 */
export function joinSides(long: Float64Array, short: Float64Array, out: Float64Array): void {
  for (let lane = 0; lane < out.length; lane++) {
    const up = long[lane];
    const down = short[lane];
    if (up > down) out[lane] = up > 0 ? up : 0;
    else if (down > up) out[lane] = down > 0 ? -down : 0;
    else out[lane] = up === down ? 0 : Number.NaN;
  }
}
