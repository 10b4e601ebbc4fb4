/** Encodings in which text comes: UTF-8 includes plain ASCII; Windows-1252, which includes Latin-1, is what is left for a table of numbers. */
export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** The encoding of a text that begins with `head`, or undefined if these bytes are no text. */
export function detectEncoding(head: Uint8Array): Exclude<TextEncodingName, 'windows-1252'> | undefined {
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

/** A text, or what is wrong with its bytes in words that go on after a file's name. */
export type DecodedText = { readonly text: string } | { readonly problem: string };

/**
 * The text of a whole file that people write: UTF-8, or UTF-16 as some editors and shells save it, each with or without a
 * byte order mark, which is left out. Bytes of another encoding are named, never replaced.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = detectEncoding(bytes);
  if (encoding === undefined) return { problem: 'is no text: it holds bytes that are zero' };
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    if (encoding !== 'utf-8') return { problem: 'is UTF-16 that is cut off or damaged. Save it as UTF-8' };
  }
  const at = firstForeignByte(bytes);
  const line = 1 + bytes.subarray(0, at).filter((byte) => byte === 0x0a).length;
  const byte = bytes[at] ?? 0;
  // 0x80 to 0x9f are letters in Windows-1252 alone; as such they are shown.
  const letter = new TextDecoder('windows-1252').decode(Uint8Array.of(byte));
  return {
    problem: `is not UTF-8: line ${line} has the byte ${byte.toString(16)}, "${letter}" in Latin-1 (Windows-1252). Save it as UTF-8`,
  };
}

/** Where the first character stands that is no UTF-8. */
function firstForeignByte(bytes: Uint8Array): number {
  // The longest beginning that may still become UTF-8, by halves.
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (decodes(bytes.subarray(0, middle), true)) low = middle;
    else high = middle - 1;
  }
  // A character that is cut short begins up to three bytes before that.
  for (let at = low - 1; at >= Math.max(0, low - 3); at--) {
    const byte = bytes[at]!;
    if (byte >= 0xc0) return decodes(bytes.subarray(at, low), false) ? low : at;
    if (byte < 0x80) break;
  }
  return low;
}

function decodes(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}
