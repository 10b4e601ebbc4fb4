/**
 * out[lane] = the direction to trade at the close of the lane's bar: the sign of the forecast p where its confidence
 * reaches the threshold and it expects more than a round trip costs, else 0 (flat). NaN anywhere is flat.
 *
 * @param p forecast per lane, log return over the horizon
 * @param confidence per lane, 0..1
 * @param roundTripCost per lane, log return
 */
export function signals(
  p: Float64Array,
  confidence: Float64Array,
  roundTripCost: Float64Array,
  threshold: number,
  out: Int8Array,
): void {
  for (let lane = 0; lane < out.length; lane++) {
    if (!(confidence[lane] >= threshold)) out[lane] = 0;
    else if (p[lane] > roundTripCost[lane]) out[lane] = 1;
    else out[lane] = p[lane] < -roundTripCost[lane] ? -1 : 0;
  }
}
