/**
 * Probability that a standard normal variable is at most x; relative error about 1e-15 in the lower tail, down to
 * x = -37. For the upper tail ask for -x. Source: W. J. Cody, Rational Chebyshev Approximations for the Error
 * Function, Mathematics of Computation 23 (1969), in the form of his ANORM (ACM Algorithm 715).
 */
export function normalCdf(x: number): number {
  const size = Math.abs(x);
  if (size <= CENTER_LIMIT) {
    const square = x * x;
    return 0.5 + x * ratio(CENTER, square);
  }
  if (size >= 40) return x > 0 ? 1 : 0;
  const tail =
    size <= Math.sqrt(32) ? ratio(MIDDLE, size) : (INVERSE_ROOT_2PI - farTail(1 / (size * size))) / size;
  // exp(-x^2 / 2) in two factors: x rounded to sixteenths has an exact square, so no digits are lost in it.
  const coarse = Math.trunc(size * 16) / 16;
  const rest = (size - coarse) * (size + coarse);
  const below = Math.exp(-0.5 * coarse * coarse) * Math.exp(-0.5 * rest) * tail;
  return x > 0 ? 1 - below : below;
}

/**
 * The value that a standard normal variable stays below with probability p, 0 < p < 1; relative error about 1e-16.
 * Source: Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988).
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(QUANTILE_CENTER, 0.180_625 - q * q);
  const r = Math.sqrt(-Math.log(Math.min(p, 1 - p)));
  const tail = r <= 5 ? ratio(QUANTILE_TAIL, r - 1.6) : ratio(QUANTILE_FAR_TAIL, r - 5);
  return q < 0 ? -tail : tail;
}

/** Coefficients of numerator and denominator, lowest power first. */
type Rational = readonly [readonly number[], readonly number[]];

function ratio([numerator, denominator]: Rational, x: number): number {
  return horner(numerator, x) / horner(denominator, x);
}

function horner(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i]!;
  return sum;
}

const CENTER_LIMIT = 0.66291;
const INVERSE_ROOT_2PI = 0.398_942_280_401_432_7;

/** What is missing of 1 / sqrt(2 pi) in the far tail, for y = 1 / x^2. */
function farTail(y: number): number {
  return y * ratio(FAR, y);
}

const CENTER: Rational = [
  [18154.98125334356, 1067.6894854603709, 161.02823106855587, 2.2352520354606837, 0.06568233791820745],
  [45507.78933502673, 10260.932208618979, 976.0985517377767, 47.202581904688245, 1],
];
const MIDDLE: Rational = [
  [
    9842.714838383978, 11602.65143764735, 6848.190450536283, 2494.5375852903726, 597.2702763948002,
    93.50665613217785, 8.883149794388377, 0.39894151208813466, 1.0765576773720192e-8,
  ],
  [
    19685.429676859992, 38912.00328609327, 34900.95272114598, 18615.571640885097, 6485.558298266761,
    1519.3775994075547, 235.387901782625, 22.266688044328117, 1,
  ],
];
const FAR: Rational = [
  [
    0.000029112874951168793, 0.0014216191932278934, 0.022235277870649807, 0.12740116116024736,
    0.215898534057957, 0.023073441764940174,
  ],
  [
    7.297515550839662e-5, 0.0037823963320275824, 0.06598813786892856, 0.4682382124808651, 1.284260096144911,
    1,
  ],
];

const QUANTILE_CENTER: Rational = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
];
const QUANTILE_TAIL: Rational = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
];
const QUANTILE_FAR_TAIL: Rational = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    0.000018463183175100548, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
];
