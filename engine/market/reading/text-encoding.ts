import type { TextEncodingName } from '../../contract/text-encoding.ts';

/** The text of some first bytes; a character cut off at their end is left out. */
export function decodeHead(head: Uint8Array, encoding: TextEncodingName): string {
  return new TextDecoder(encoding).decode(head, { stream: true });
}

/** Whether some first bytes of a text are UTF-8; a character may be cut off at their end. */
export function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Turns pieces of text in any of the encodings into pieces of UTF-8 without a byte order mark. */
export async function* toUtf8(
  pieces: AsyncIterable<Uint8Array>,
  encoding: TextEncodingName,
): AsyncGenerator<Uint8Array> {
  if (encoding !== 'utf-8') {
    const decoder = new TextDecoder(encoding);
    const encoder = new TextEncoder();
    for await (const piece of pieces) yield encoder.encode(decoder.decode(piece, { stream: true }));
    return;
  }
  let first = true;
  for await (const piece of pieces) {
    const marked = first && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf;
    first = false;
    yield marked ? piece.subarray(3) : piece;
  }
}
