/** UUIDs as four numbers of 32 bits, and parts of them that are searched for. */

export type Uuid = readonly [number, number, number, number];

const DIGITS = 32;
const DIGITS_A_WORD = 8;
const LENGTH = 36;
const isDash = (at: number) => at === 8 || at === 13 || at === 18 || at === 23;
const WHOLE = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Undefined of what is no UUID in small letters. */
export function wordsOf(uuid: string): Uuid | undefined {
  if (!WHOLE.test(uuid)) return undefined;
  const word = (...parts: string[]) => Number.parseInt(parts.join(''), 16);
  return [
    word(uuid.slice(0, 8)),
    word(uuid.slice(9, 13), uuid.slice(14, 18)),
    word(uuid.slice(19, 23), uuid.slice(24, 28)),
    word(uuid.slice(28)),
  ];
}

/** Where a text may begin, so that its dashes stand where those of a UUID do: by word, the highest bit of each such digit. */
function begins(letters: readonly string[]): Int32Array {
  const words = new Int32Array(DIGITS / DIGITS_A_WORD);
  let digit = 0;
  for (let start = 0; start + letters.length <= LENGTH; start++) {
    const isThere = letters.every((letter, i) => (letter === '-') === isDash(start + i));
    // Before a dash the digit after it is where the digits begin.
    if (isThere) words[Math.floor(digit / DIGITS_A_WORD)]! |= HIGHEST >>> (4 * (digit % DIGITS_A_WORD));
    if (!isDash(start)) digit++;
  }
  return words;
}

/** The highest bit of the first of the eight digits of a word. */
const HIGHEST = 0x80000000;
/** Each digit is 1; 7. */
const ONES = 0x11111111;
const SEVENS = 0x77777777;

/** The highest bit of each digit of a word that is this one. `digits`: a word of nothing else. */
function whereIs(word: number, digits: number): number {
  const difference = word ^ digits;
  // A digit that is 0 has no bit, and none is carried from below: 7 and 7 is less than 16.
  return ~(((difference & SEVENS) + SEVENS) | difference | SEVENS);
}

/**
 * Whether the UUID whose four words begin at a place of an array has a text in it.
 * @param text hexadecimal digits and dashes, in capitals or not
 */
export function uuidTest(text: string): (uuids: Uint32Array, at: number) => boolean {
  const letters = [...text.toLowerCase()];
  const starts = begins(letters);
  const digits = letters.filter((letter) => letter !== '-').map((letter) => Number.parseInt(letter, 16));
  const [first, second] = digits.map((digit) => Math.imul(digit, ONES));
  if (first === undefined) return () => starts.some((word) => word !== 0);
  /** Whether the digits after the first two stand behind a place that has those: bits of `found` in word k. */
  function isWhole(uuids: Uint32Array, at: number, k: number, found: number): boolean {
    let left = found;
    for (let d = 2; d < digits.length && left !== 0; d++) {
      const same = Math.imul(digits[d]!, ONES);
      const [word, shift] = [k + (d >> 3), 4 * (d & 7)];
      const here = word < 4 ? whereIs(uuids[at + word]!, same) << shift : 0;
      const next = shift > 0 && word + 1 < 4 ? whereIs(uuids[at + word + 1]!, same) >>> (32 - shift) : 0;
      left &= here | next;
    }
    return left !== 0;
  }
  if (second === undefined) {
    return (uuids, at) => {
      for (let k = 0; k < 4; k++) if ((whereIs(uuids[at + k]!, first) & starts[k]!) !== 0) return true;
      return false;
    };
  }
  const [start0, start1, start2, start3] = starts as unknown as [number, number, number, number];
  return (uuids, at) => {
    const [a, b, c, d] = [uuids[at]!, uuids[at + 1]!, uuids[at + 2]!, uuids[at + 3]!];
    const [a2, b2, c2, d2] = [whereIs(a, second), whereIs(b, second), whereIs(c, second), whereIs(d, second)];
    // Most have the first two digits nowhere, one behind the other.
    const a1 = whereIs(a, first) & ((a2 << 4) | (b2 >>> 28)) & start0;
    const b1 = whereIs(b, first) & ((b2 << 4) | (c2 >>> 28)) & start1;
    const c1 = whereIs(c, first) & ((c2 << 4) | (d2 >>> 28)) & start2;
    const d1 = whereIs(d, first) & (d2 << 4) & start3;
    if ((a1 | b1 | c1 | d1) === 0) return false;
    return (
      isWhole(uuids, at, 0, a1) ||
      isWhole(uuids, at, 1, b1) ||
      isWhole(uuids, at, 2, c1) ||
      isWhole(uuids, at, 3, d1)
    );
  };
}
