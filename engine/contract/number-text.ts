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
