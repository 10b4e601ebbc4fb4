/** Forecasts of 0 and 1 count as this far from them, so that one wrong certainty is not infinite. */
const SUREST = 2 ** -52;

/**
 * Mean of -ln of the probability given to the class that came, in nats; ln 2 = 0.693 for always 0.5. `probabilities` (of
 * class 1) and `actual` classes (0 or 1) have equal length. Null for none. Source: Good, Rational Decisions (1952).
 */
export function logLoss(probabilities: Float64Array, actual: Uint8Array): number | null {
  if (actual.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < actual.length; i++) {
    const q = Math.min(1 - SUREST, Math.max(SUREST, probabilities[i]!));
    sum -= Math.log(actual[i] === 1 ? q : 1 - q);
  }
  return sum / actual.length;
}

/**
 * Brier score: mean squared difference of probability and class, 0..1; 0.25 for always 0.5. Arguments as for `logLoss`.
 * Null for none. Source: Brier, Monthly Weather Review 78 (1950), halved as for two classes.
 */
export function brierScore(probabilities: Float64Array, actual: Uint8Array): number | null {
  if (actual.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += (probabilities[i]! - actual[i]!) ** 2;
  return sum / actual.length;
}

/** Forecasts of about one size beside what came of them. */
export interface CalibrationBin {
  /** Mean probability that was forecast. */
  readonly forecast: number;
  /** Share of class 1 that came. */
  readonly share: number;
  readonly count: number;
}

/**
 * Calibration curve: cases sorted by their probability, cut into `bins` of equal count, as far as equal probabilities allow,
 * which always share a bin (so there may be fewer). Bins of equal width would leave most of them empty: forecasts of
 * markets stay near the base rate. Source: reliability diagram, Murphy and Winkler 1977; equal counts: Bröcker and Smith 2007.
 */
export function calibrationCurve(
  probabilities: Float64Array,
  actual: Uint8Array,
  bins = 10,
): CalibrationBin[] {
  const count = actual.length;
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  order.sort((a, b) => probabilities[a]! - probabilities[b]! || a - b);
  const curve: CalibrationBin[] = [];
  let from = 0;
  for (let bin = 1; bin <= bins; bin++) {
    let to = Math.max(from, Math.round((bin * count) / bins));
    while (to > from && to < count && at(to) === at(to - 1)) to++;
    if (to > from) curve.push(binOf(from, to));
    from = to;
  }
  return curve;

  function at(place: number): number {
    return probabilities[order[place]!]!;
  }

  function binOf(start: number, end: number): CalibrationBin {
    let forecast = 0;
    let positives = 0;
    for (let place = start; place < end; place++) {
      forecast += at(place);
      positives += actual[order[place]!]!;
    }
    return { forecast: forecast / (end - start), share: positives / (end - start), count: end - start };
  }
}
