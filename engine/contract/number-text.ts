/**
 * A number in a sentence, with so many decimals: a real minus sign, as all numbers on screen have, and none before what rounds to nothing.
 * -1.234 -> `−1.23`.
 */
export function decimalText(value: number, digits: number): string {
  return value
    .toFixed(digits)
    .replace(/^-(0(?:\.0*)?)$/, '$1')
    .replace('-', '−');
}

/** A fraction as percent: -0.0123 -> `−1.2 %`. */
export function percentText(fraction: number, digits: number): string {
  return `${decimalText(100 * fraction, digits)} %`;
}

/** A number as it is, or with so many digits that count: -0.012345 at 4 -> `−0.01235`, -1e-7 -> `−1e-7`. */
export function digitsText(value: number, digits?: number): string {
  return String(digits === undefined ? value : Number(value.toPrecision(digits))).replace(/^-/, '−');
}

/** The same with zeros behind, so that figures under each other have as many digits: 0.25 at 4 -> `0.2500`. */
export function preciseText(value: number, digits: number): string {
  return value.toPrecision(digits).replace(/^-/, '−');
}

/** A small one with its power of ten: -0.00189 -> `−1.89e-3`. */
export function exponentText(value: number, digits: number): string {
  return value.toExponential(digits).replace(/^-/, '−');
}
