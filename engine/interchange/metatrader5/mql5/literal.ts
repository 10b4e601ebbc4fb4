/** MetaTrader's compiler is said to read 16 digits of a literal; so many it reads for certain. */
const SAFE_DIGITS = 15;
const HALF = 2 ** 26;

/** A number as MQL5 and C++ read it with all its bits, as an expression where its decimals are too many. */
export function exactLiteral(value: number): string {
  const text = Math.abs(value).toExponential();
  const digits = text.slice(0, text.indexOf('e')).replace('.', '').length;
  const sign = value < 0 ? '-' : '';
  if (digits <= SAFE_DIGITS) {
    const plain = String(Math.abs(value));
    return `${sign}${/[.e]/.test(plain) ? plain : `${plain}.0`}`;
  }
  let exponent = 0;
  let whole = Math.abs(value);
  while (!Number.isInteger(whole)) {
    whole *= 2;
    exponent--;
  }
  while (whole >= 2 ** 53) {
    whole /= 2;
    exponent++;
  }
  const high = Math.floor(whole / HALF);
  const parts = `(${high}.0*${HALF}.0+${whole - high * HALF}.0)`;
  return exponent === 0 ? `(${sign}${parts})` : `(${sign}${parts}*MathPow(2.0,${exponent}.0))`;
}
