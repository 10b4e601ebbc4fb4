/** The generator of the published fixtures: s = (1664525 s + 1013904223) mod 2^32, u = s / 2^32, advanced before each draw. */
export function lcg(seed: number): { float(): number } {
  let state = seed >>> 0;
  return {
    float() {
      state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    },
  };
}

/**
 * Fixture of overfitting and superiority tests: `days` x `strategies` draws u - 0.5 of `lcg(7)`, drawn day by day, with `edge` added
 * to the first strategy; one strategy after the other.
 */
export function noiseReturns(days: number, strategies: number, edge: number): Float64Array {
  const random = lcg(7);
  const returns = new Float64Array(days * strategies);
  for (let day = 0; day < days; day++) {
    for (let strategy = 0; strategy < strategies; strategy++) {
      returns[strategy * days + day] = random.float() - 0.5 + (strategy === 0 ? edge : 0);
    }
  }
  return returns;
}

/** x_t = phi x_(t-1) + u - 0.5, from 0. */
export function autoregressive(count: number, phi: number, random: { float(): number }): Float64Array {
  let x = 0;
  return Float64Array.from({ length: count }, () => {
    x = phi * x + random.float() - 0.5;
    return x;
  });
}
