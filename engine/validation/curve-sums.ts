/** A test window's net log returns by bar, and what its trades paid in costs and swaps, log return. */
interface PaidWindow {
  readonly netReturn: Float64Array;
  readonly costs: number;
}

export interface CurveSums {
  /** Root of the sum of the squared net log returns: what coins divide by. */
  readonly denominator: number;
  /** Whether the windows together earn something where costs and swaps are taken off twice. */
  readonly positiveAtDoubledCosts: boolean;
}

/** Of windows one after the other. */
export function curveSums(windows: readonly PaidWindow[]): CurveSums {
  let net = 0;
  let squares = 0;
  let costs = 0;
  for (const window of windows) {
    for (const r of window.netReturn) {
      net += r;
      squares += r * r;
    }
    costs += window.costs;
  }
  return { denominator: Math.sqrt(squares), positiveAtDoubledCosts: net - costs > 0 };
}
