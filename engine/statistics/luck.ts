/** Sharpe ratios of everything that was tried for one place, as far as luck depends on them. */
export interface Tries {
  readonly count: number;
  readonly sum: number;
  readonly sumSquares: number;
}

const EULER_MASCHERONI = 0.577_215_664_901_532_9;

/**
 * The Sharpe ratio that the best of so many tries is expected to reach although none of them has an edge, in the unit of
 * the tries; null for fewer than two. With N tries whose Sharpe ratios have the standard deviation s:
 * s * ((1 - g) * q(1 - 1/N) + g * q(1 - 1/(N e))), q the quantile of the normal distribution, g Euler's constant.
 * It takes the tries for independent; those of one model are alike, so it asks for rather too much than too little.
 * Source: Bailey and López de Prado, The Deflated Sharpe Ratio (2014), expected maximum under the null hypothesis.
 */
export function expectedBestSharpe({ count, sum, sumSquares }: Tries): number | null {
  if (count < 2) return null;
  const variance = Math.max(0, (sumSquares - (sum * sum) / count) / (count - 1));
  const quantiles =
    (1 - EULER_MASCHERONI) * normalQuantile(1 - 1 / count) +
    EULER_MASCHERONI * normalQuantile(1 - 1 / (count * Math.E));
  return Math.sqrt(variance) * quantiles;
}

/**
 * The value that a standard normal variable stays below with probability p, 0 < p < 1; relative error about 1e-16.
 * Source: Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988).
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * rational(CENTER, 0.180_625 - q * q);
  const r = Math.sqrt(-Math.log(Math.min(p, 1 - p)));
  const tail = r <= 5 ? rational(TAIL, r - 1.6) : rational(FAR_TAIL, r - 5);
  return q < 0 ? -tail : tail;
}

/** Coefficients of numerator and denominator, lowest power first. */
type Rational = readonly [readonly number[], readonly number[]];

function rational([numerator, denominator]: Rational, x: number): number {
  const horner = (coefficients: readonly number[]) => coefficients.reduceRight((sum, c) => sum * x + c, 0);
  return horner(numerator) / horner(denominator);
}

const CENTER: Rational = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
];
const TAIL: Rational = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
];
const FAR_TAIL: Rational = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    0.000018463183175100548, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
];
