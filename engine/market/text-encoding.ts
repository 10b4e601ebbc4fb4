/** Encodings in which market data come: UTF-8 includes plain ASCII, and Latin-1 in all that matters here. */
export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be';

/** The encoding of a text that begins with `head`, or undefined if these bytes are no text. */
export function detectEncoding(head: Uint8Array): TextEncodingName | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const probe = head.subarray(0, 4096);
  let evenZeros = 0;
  let oddZeros = 0;
  for (let i = 0; i < probe.length; i++) {
    if (probe[i] !== 0) continue;
    if (i % 2 === 0) evenZeros++;
    else oddZeros++;
  }
  if (evenZeros + oddZeros === 0) return 'utf-8';
  // Without a byte order mark: digits and commas have one byte that is zero and one that is not.
  const half = Math.floor(probe.length / 2);
  if (evenZeros === 0 && oddZeros > half * 0.9) return 'utf-16le';
  if (oddZeros === 0 && evenZeros > half * 0.9) return 'utf-16be';
  return undefined;
}

/** The text of some first bytes; a character cut off at their end is left out. */
export function decodeHead(head: Uint8Array, encoding: TextEncodingName): string {
  return new TextDecoder(encoding).decode(head, { stream: true });
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
