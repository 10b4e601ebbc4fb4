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

/** What the digits must be where a text stands at one place of a UUID: its words, with a mask of those digits. */
interface Placed {
  readonly words: Int32Array;
  readonly masks: Int32Array;
}

/** @param text hexadecimal digits and dashes, in capitals or not */
function places(text: string): Placed[] {
  const found: Placed[] = [];
  const letters = [...text.toLowerCase()];
  for (let start = 0; start + letters.length <= LENGTH; start++) {
    if (!letters.every((letter, i) => (letter === '-') === isDash(start + i))) continue;
    const words = new Int32Array(DIGITS / DIGITS_A_WORD);
    const masks = new Int32Array(DIGITS / DIGITS_A_WORD);
    let digit = start - [8, 13, 18, 23].filter((dash) => dash < start).length;
    for (const letter of letters) {
      if (letter === '-') continue;
      const shift = 4 * (DIGITS_A_WORD - 1 - (digit % DIGITS_A_WORD));
      const word = Math.floor(digit / DIGITS_A_WORD);
      words[word]! |= Number.parseInt(letter, 16) << shift;
      masks[word]! |= 15 << shift;
      digit++;
    }
    found.push({ words, masks });
  }
  return found;
}

/** Each of the eight digits of a word is 1; 8. */
const ONES = 0x11111111;
const EIGHTS = 0x88888888;

/**
 * Whether the UUID whose four words begin at a place of an array has a text in it.
 * @param text hexadecimal digits and dashes, in capitals or not
 */
export function uuidTest(text: string): (uuids: Uint32Array, at: number) => boolean {
  const digit = /[0-9a-f]/i.exec(text)?.[0];
  const all = places(text);
  if (digit === undefined) return () => all.length > 0;
  const isFirst = (k: number) => (place: Placed) => place.masks.findIndex((mask) => mask !== 0) === k;
  const byWord = [0, 1, 2, 3].map((k) => all.filter(isFirst(k)));
  const same = Math.imul(Number.parseInt(digit, 16), ONES);
  return (uuids, at) => {
    for (let k = 0; k < byWord.length; k++) {
      const word = uuids[at + k]! | 0;
      // Most words do not have the first digit: some digit of the difference would be 0.
      const difference = word ^ same;
      if (((difference - ONES) & ~difference & EIGHTS) === 0) continue;
      const placed = byWord[k]!;
      for (let i = 0; i < placed.length; i++) {
        const { words, masks } = placed[i]!;
        if ((word & masks[k]!) !== words[k]) continue;
        let next = k + 1;
        while (next < words.length && (uuids[at + next]! & masks[next]!) === words[next]) next++;
        if (next === words.length) return true;
      }
    }
    return false;
  };
}
