import { detectEncoding } from '../contract/text-encoding.ts';

/** How much of a file's end is looked through for the end of a line. */
export const TAIL_BYTES = 65_536;
const LINE_FEED = 0x0a;
/** What JSON begins with: its lines mean nothing, and its last one closes it. */
const JSON_BEGINNINGS = new Set([0x7b, 0x5b]);
const SPACES = new Set([0x20, 0x09, 0x0d, LINE_FEED]);

/**
 * How many bytes of a file are whole: of a table of text, those up to its last end of line, since a program that is writing it may have
 * stopped in the middle of one; of JSON and of what is no text, all.
 *
 * @param head its first bytes
 * @param tail its last bytes, which begin at `size - tail.length`
 */
export function wholeBytes(head: Uint8Array, tail: Uint8Array, size: number): number {
  const encoding = detectEncoding(head);
  if (encoding === undefined || head.some((byte) => byte === 0 && encoding === 'utf-8')) return size;
  if (encoding === 'utf-8') {
    const hasMark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    const first = head.subarray(hasMark ? 3 : 0).find((byte) => !SPACES.has(byte));
    if (first !== undefined && JSON_BEGINNINGS.has(first)) return size;
    const at = tail.lastIndexOf(LINE_FEED);
    return at < 0 ? size : size - tail.length + at + 1;
  }
  // Two bytes a character, of which the one that is not the line feed's is zero.
  const from = size - tail.length;
  const isBig = encoding === 'utf-16be';
  for (let at = tail.length - 1; at >= 0; at--) {
    if (tail[at] !== LINE_FEED || (from + at) % 2 !== (isBig ? 1 : 0)) continue;
    const other = isBig ? tail[at - 1] : tail[at + 1];
    if (other === 0) return from + at + (isBig ? 1 : 2);
  }
  return size;
}
